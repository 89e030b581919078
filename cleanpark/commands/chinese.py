"""Chinese texts of the command line, by their English ones."""

from __future__ import annotations

CHINESE: dict[str, str] = {
    # help
    "What audits, tax incentives and penalties do to an industrial park.": (
        "清洁生产审核、税收激励与处罚对工业园区的影响。"
    ),
    "Show this message and exit.": "显示此帮助并退出。",
    "Language of texts and tables.": "文字与表格的语言。",
    "Open the page in a browser: compare policies without code.\n\nNeeds the extra `page`: "
    "pip install 'cleanpark[page]'.": "在浏览器中打开页面：不写代码即可比较政策。\n\n需要附加组件 "
    "`page`：pip install 'cleanpark[page]'。",
    "Address to listen on; this machine alone by default.": "监听的地址；默认只限本机。",
    "Port to listen on.": "监听的端口。",
    "Word that visitors need; made up where others can come.": "访问所需的口令；他人"
    "可访问时自动生成。",
    "Host name under which it is reached; may be repeated.": "访问所用的主机名；可重复给出。",
    "Open it in the browser.": "在浏览器中打开。",
    "The page needs NiceGUI: pip install 'cleanpark[page]'": "页面需要 NiceGUI：pip install "
    "'cleanpark[page]'",
    "Warning: other machines can reach this server, over a connection that is not encrypted. Only "
    "those with the token come in.": "警告：其他机器可以访问本服务器，且连接未加密。"
    "只有持口令者才能进入。",
    "The page is at {address} (Ctrl-C ends it).": "页面地址：{address}（按 Ctrl-C 结束）。",
    "Print the version.": "显示版本。",
    "Print JSON and nothing else.": "只输出 JSON。",
    "Park: a packaged name, a TOML file, or a CSV of enterprises.": (
        "园区：内置名称、TOML 文件或企业 CSV 文件。"
    ),
    "Number of enterprises, 1 to 1,000,000.": "企业数，1 至 1,000,000。",
    "Horizon in quarters from 2026-Q1, at most 400.": "自 2026-Q1 起的季度数，最多 400。",
    "Driver; all give the same numbers to the last bit.": "计算引擎；结果逐位相同。",
    "Change a lever, such as fine=20 or 'fine={\"2028-Q1\"=30}'; may be repeated.": (
        "修改政策参数，如 fine=20 或 'fine={\"2028-Q1\"=30}'；可重复。"
    ),
    "Folder to write the results into.": "结果写入的文件夹。",
    "Replace the results that the folder already holds.": "替换该文件夹中已有的结果。",
    "Compare policy scenarios on one park, with 95 % intervals.\n\n"
    "Every scenario meets the same random shocks, so differences are paired. --set changes the "
    "scenarios compared; conditions of the market (prices, growth, interest) also the reference.": (
        "在一个园区上比较政策情景，给出 95% 区间。\n\n"
        "各情景面对相同的随机冲击，差异为配对差异。--set 修改被比较的情景；"
        "市场条件（价格、增长、利率）同时作用于参照情景。"
    ),
    "Scenarios by name or TOML file; all packaged ones if none is named.": (
        "情景名称或 TOML 文件；不写则为全部内置情景。"
    ),
    "Number of random seeds.": "随机种子数。",
    "Scenario to compare with, by name or file.": "作为参照的情景（名称或文件）。",
    "Processes; -1 for all cores. Results are the same.": "进程数；-1 为全部核心。结果不变。",
    "Compare all packaged scenarios on the packaged park, into the folder `demo`.\n\n"
    "An earlier demo in that folder is replaced.": (
        "在内置园区上比较全部内置情景，结果写入 `demo` 文件夹。\n\n该文件夹中先前的演示会被替换。"
    ),
    "Run one scenario once, and see what happens year by year or to one enterprise.": (
        "运行一个情景一次，逐年查看结果，或查看一家企业的经历。"
    ),
    "Scenario by name or TOML file.": "情景名称或 TOML 文件。",
    "Random seed, a whole number from 0.": "随机种子，从 0 起的整数。",
    "Tell one enterprise's story: its id, or its number from 1.": (
        "讲述一家企业的经历：企业编号，或从 1 起的序号。"
    ),
    "List, show, start and check scenarios.": "列出、查看、新建与检查情景。",
    "List the packaged scenarios.": "列出内置情景。",
    "Show what a scenario sets, with the source of each value.": "查看情景的设定及各数值来源。",
    "Name or TOML file.": "名称或 TOML 文件。",
    "Print a scenario file that says the same.": "输出等价的情景文件。",
    "Write a scenario file to start from, with every lever in a comment.": (
        "写出一个可供修改的情景文件，注释中列出全部参数。"
    ),
    "File to write.": "要写入的文件。",
    "Scenario it starts from, by name or file.": "所继承的情景（名称或文件）。",
    "Check scenario files; says what is wrong by file, line and key.": (
        "检查情景文件；按文件、行与键指出问题。"
    ),
    "Scenario files, or packaged names.": "情景文件或内置名称。",
    "List, show and check parks; write an example file.": "列出、查看与检查园区；写出示例文件。",
    "List the packaged parks.": "列出内置园区。",
    "Show a park's figures with unit, range and source.": "查看园区数据及其单位、范围与来源。",
    "Name, TOML file or CSV file.": "名称、TOML 文件或 CSV 文件。",
    "Write an example of a park's CSV file that runs.": "写出可直接运行的园区 CSV 示例。",
    "Check park files: what is taken, filled in and refused, by line and column.": (
        "检查园区文件：按行与列说明采用、补全与拒绝的内容。"
    ),
    "CSV or TOML files.": "CSV 或 TOML 文件。",
    "List levers and behavioural parameters: meaning, unit, default, range, source, certainty.": (
        "列出政策参数与行为参数：含义、单位、默认值、范围、来源、可信度。"
    ),
    "Levers of policy and market, or behavioural parameters.": "政策与市场参数，或行为参数。",
    "Only those whose name, meaning, group or source has this.": (
        "只列出名称、含义、分组或来源含此文字者。"
    ),
    "Show the source of each default.": "显示各默认值的来源。",
    "Work out the environmental protection tax of a discharge, to the fen.": (
        "计算一次排放的环境保护税，精确到分。"
    ),
    "Discharge of a period, such as sulfur_dioxide=1200; kg, waste in t. Repeat.": (
        "一个时期的排放量，如 sulfur_dioxide=1200；千克，固废为吨。可重复。"
    ),
    "Province whose rates apply, such as jiangsu-nanjing.": "适用税额的省份，如 jiangsu-nanjing。",
    "Rate per equivalent instead of a province's, such as air=1.2. Repeat.": (
        "代替省份的每当量税额，如 air=1.2。可重复。"
    ),
    "Concentration over its limit, such as air=0.6. Repeat.": (
        "排放浓度与限值之比，如 air=0.6。可重复。"
    ),
    "List the provinces and their rates.": "列出各省份及其税额。",
    # messages
    "Error": "错误",
    "Interrupted; no partial results were kept.": "已中断；未保留部分结果。",
    "there is not enough memory; ask for fewer enterprises, seeds or workers": (
        "内存不足；请减少企业数、种子数或进程数"
    ),
    "Interrupted; what was finished is kept: give the same command again to go on.": (
        "已中断；已完成的部分已保留：再次输入同一命令即可继续。"
    ),
    "the disk is full; nothing was kept": "磁盘已满；未保留任何结果",
    "the disk is full; nothing was kept ({place})": "磁盘已满；未保留任何结果（{place}）",
    "the disk is full; what was finished is kept: make room and give the same command again": (
        "磁盘已满；已完成的部分已保留：请腾出空间后再次输入同一命令"
    ),
    "the output could not be printed: the disk is full": "无法输出：磁盘已满",
    "{enterprises} enterprises in {runs} runs of {quarters} quarters need about "
    "{need:.1f} GB of memory; {free:.1f} GB are available: ask for fewer enterprises, "
    "seeds or workers": (
        "{enterprises} 家企业、{runs} 次运行、{quarters} 个季度约需 {need:.1f} GB 内存，"
        "可用 {free:.1f} GB：请减少企业数、种子数或进程数"
    ),
    "{path}: is a folder; name a file": "{path}：是文件夹；请给出文件名",
    "{path}: already exists; choose another name or say --replace": (
        "{path}：已存在；请换名或加 --replace"
    ),
    "{path}: cannot be written ({reason})": "{path}：无法写入（{reason}）",
    "Wrote {path}; check it with: cleanpark scenarios check {path}": (
        "已写出 {path}；检查命令：cleanpark scenarios check {path}"
    ),
    "Wrote {path}; try it with: cleanpark compare --park {path}": (
        "已写出 {path}；试用命令：cleanpark compare --park {path}"
    ),
    "{file}: good; '{name}' sets {count} levers": "{file}：可用；“{name}”设定了 {count} 个参数",
    "{file}: good; {count} enterprises": "{file}：可用；{count} 家企业",
    "Nothing matches '{text}'.": "没有与“{text}”相符的参数。",
    "no discharge given; write for example --discharge sulfur_dioxide=1200": (
        "未给出排放量；例如 --discharge sulfur_dioxide=1200"
    ),
    "give either --province NAME or rates such as --rate air=1.2 --rate water=1.4": (
        "请给出 --province 省份，或税额，如 --rate air=1.2 --rate water=1.4（二选一）"
    ),
    "--seed {seed}: a whole number from 0 to 2**63 - 1": (
        "--seed {seed}：应为 0 至 2**63 - 1 的整数"
    ),
    "Simulating": "模拟中",
    "Drawing figures and report": "绘制图表与报告",
    # comparison
    "To keep figures, tables and a report, add --output FOLDER.": (
        "如需保存图、表与报告，请加 --output 文件夹。"
    ),
    "The figures and tables are in {folder} and the page to open is {page}.": (
        "图与表在 {folder}，请打开网页 {page}。"
    ),
    "{park}: {enterprises} enterprises, {seeds} seeds, {first} to {last}; against {reference}": (
        "{park}：{enterprises} 家企业，{seeds} 个随机种子，{first} 至 {last}；参照：{reference}"
    ),
    "Pollution and resources over the horizon: change in %": "全期污染与资源：变化（%）",
    "Compliance and audits, mean over the horizon: change in points": (
        "全期平均达标与审核：变化（百分点）"
    ),
    "Money over the horizon: change in million CNY": "全期资金：变化（百万元）",
    "In brackets and after ±: the 95 % interval and half of it, paired over {seeds} seeds; "
    "'not distinguishable': the interval includes zero.": (
        "括号内为 {seeds} 个种子配对差异的 95% 区间，± 后为其一半；“无法区分”：区间包含零。"
    ),
    "One seed has no interval: nothing can be told from chance.": (
        "只有一个种子，没有区间：无法与偶然性区分。"
    ),
    "not distinguishable": "无法区分",
    "not distinguishable from no influence": "与“无影响”无法区分",
    "undefined": "无定义",
    "Scenario": "情景",
    "Pollution": "污染当量",
    "Energy": "能源",
    "Carbon dioxide": "二氧化碳",
    "True compliance": "真实达标",
    "Apparent compliance": "申报达标",
    "Audit coverage": "审核覆盖",
    "Enterprises' cost": "企业成本",
    "Treasury, net": "财政净收入",
    "Cost to society": "社会成本",
    "tce": "吨标准煤",
    "t": "吨",
    "kg": "千克",
    "m3": "立方米",
    # tables
    "Name": "名称",
    "Title": "标题",
    "Meaning": "含义",
    "Default": "默认值",
    "Allowed": "允许范围",
    "Range": "范围",
    "Unit": "单位",
    "Certainty": "可信度",
    "Source": "来源",
    "Value": "数值",
    "Lever": "参数",
    "Extends": "继承",
    "Extends: {name}": "继承：{name}",
    "Source: {source}": "来源：{source}",
    "Description": "说明",
    "Every lever has its default; cleanpark parameters lists them.": (
        "全部参数为默认值；cleanpark parameters 可列出。"
    ),
    "{value} from {date}": "{date} 起 {value}",
    "Kind": "类型",
    "Enterprises": "企业数",
    "Technology": "技术水平",
    "Sectors": "行业",
    "Sectors: {mix}": "行业：{mix}",
    "law": "法定",
    "measured": "实测",
    "estimated": "估计",
    "assumed": "假设",
    "Pollutant": "污染物",
    "Amount": "排放量",
    "Equivalents": "当量数",
    "Rate, CNY": "税额（元）",
    "Before reduction": "减征前",
    "Reduction": "减征",
    "Tax, CNY": "税款（元）",
    "Total": "合计",
    "Air": "大气",
    "Water": "水",
    "Other rates": "其他税额",
    "Since": "起始",
    "Until": "截止",
    "Figure": "项目",
    "Text and article": "文本与条款",
    "The law on {day}": "{day} 的法律",
    "Rates of the provinces: cleanpark tax --provinces; pollutants: --pollutants": (
        "各地税额：cleanpark tax --provinces；应税污染物：--pollutants"
    ),
    "Fines, duties or the tax; all of them if left out.": (
        "罚款（fines）、义务（duties）或税（tax）；不给则全部列出。"
    ),
    "Show the law of a day: figures, articles, since when, and how certain they are.": (
        "显示某一日的法律：数额、条款、起始日期与可信度。"
    ),
    "By law": "法定",
    "{lever} = {value}, {first} to {last}: outside the statutory {low} to {high} ({text})": (
        "{lever} = {value}，{first} 至 {last}：超出法定幅度 {low} 至 {high}（{text}）"
    ),
    "{figure} ({text})": "{figure}（{text}）",
    "Outlet": "排放口",
    "Month": "月份",
    "Medium": "类别",
    "One equivalent": "当量值",
    "Small source of water pollutants": "小型排污者（水）",
    "Solid waste": "固体废物",
    "Noise": "噪声",
    "Pilot, not in force": "试点（未施行）",
    "Law: {law}": "依据：{law}",
    "{quarter}: file by {day}": "{quarter}：申报期限 {day}",
    "Statement written: {file}": "已写出计算表：{file}",
    "{file} written: one row for each outlet, month and pollutant.": (
        "已写出 {file}：每个排放口、月份、污染物一行。"
    ),
    "{file}: stands already; name another file": "{file}：文件已存在；请换一个文件名",
    "{file}: cannot be written ({reason})": "{file}：无法写入（{reason}）",
    "--file holds all of every outlet: give no discharge beside it": (
        "--file 已包含各排放口的全部数据：请不要再给出排放量"
    ),
    "Day, month or quarter whose law applies; else the newest that is known.": (
        "适用哪一日、月或季的法律；不给则用已知的最新法律。"
    ),
    "CSV of outlets, months and pollutants, instead.": "改用排放口、月份、污染物的 CSV 文件。",
    "Particulates come from combustion: soot.": "颗粒物来自燃烧：按烟尘计税。",
    "Write a statement (CSV) for the return.": "写出可随申报附送的计算表（CSV）。",
    "Write a CSV of outlets to start from.": "写出排放口数据的 CSV 模板。",
    "List what is taxed: names and equivalents.": "列出应税项目：名称与当量值。",
    "Rates in CNY per pollution equivalent": "税额，元/污染当量",
    "Number of enterprises": "企业数",
    "Technology level, mean": "技术水平均值",
    "Technology level, spread": "技术水平离散",
    "Attitude to compliance, mean": "合规态度均值",
    "Attitude to compliance, spread": "合规态度离散",
    "Correlation of attitude and technology": "态度与技术的相关系数",
    "Connected to the central wastewater works": "接入集中污水厂的企业占比",
    "Fee of the works": "污水厂收费",
    "Removal at the works": "污水厂去除率",
    "{name}: {note}": "{name}：{note}",
    # run
    "{title}, {park}: {enterprises} enterprises, seed {seed}, {first} to {last}": (
        "{title}，{park}：{enterprises} 家企业，种子 {seed}，{first} 至 {last}"
    ),
    "Outcome": "指标",
    "Horizon": "全期",
    "Totals are sums over the period, shares and levels means; --json has all outcomes.": (
        "总量为该时期之和，比例与水平为平均；--json 含全部指标。"
    ),
    "Every quarter and every enterprise are in {folder}.": "逐季与逐企业结果在 {folder}。",
    # one enterprise's story
    "Money in 10,000 CNY of 2025. A plan's cost is what the enterprise believes it costs.": (
        "金额单位：万元（2025年价）。方案成本为企业自己的预期。"
    ),
    "{label}: output {output:,.0f}, cash {cash:,.0f}, technology {technology:.2f}, "
    "attitude {attitude:.2f}, knowledge {knowledge:.2f}, perceived detection {belief:.2f}": (
        "{label}：产值 {output:,.0f}，现金 {cash:,.0f}，技术水平 {technology:.2f}，"
        "态度 {attitude:.2f}，知识 {knowledge:.2f}，被查感知概率 {belief:.2f}"
    ),
    "Buys options: {names}": "实施方案：{names}",
    "Inspected: a violation is found": "接受检查：查出违规",
    "Inspected: nothing found": "接受检查：未发现问题",
    "Leaves the park; a new enterprise takes the site": "退出园区；由新企业接替",
    "Audit: registers": "审核：报名参加",
    "Audit: does not register": "审核：不参加",
    "Audit: takes it seriously": "审核：认真对待",
    "Audit: goes through the motions": "审核：走过场",
    "Audit result: {result}": "审核结果：{result}",
    "{medium}: treats at {effort:.0%} of full effort, out of: {costs}": (
        "{medium}：治理力度为满负荷的 {effort:.0%}，可选方案：{costs}"
    ),
    "{medium}: discharges {ratio:.2f} of the limit, reports {reported:.2f}": (
        "{medium}：排放为限值的 {ratio:.2f} 倍，申报 {reported:.2f} 倍"
    ),
    " (hides the exceedance)": "（隐瞒超标）",
    " (declares {share:.0%} of the amount)": "（只申报 {share:.0%}）",
    "Pays": "支出",
    "Receives": "收入",
    "air": "废气",
    "water": "废水",
    "waste": "固废",
    "two spreads below the limit": "低于限值两倍波动",
    "one spread below the limit": "低于限值一倍波动",
    "just at the limit": "刚好达标",
    "what the tax alone pays for": "仅按税额划算",
    "30 % below the limit (tax notch)": "低于限值30%（减税档）",
    "50 % below the limit (tax notch)": "低于限值50%（减税档）",
    "energy": "能源",
    "fresh water": "新鲜水",
    "treatment": "治理",
    "works fee": "污水厂费",
    "option investment": "方案投资",
    "option running": "方案运行",
    "interest": "利息",
    "environmental tax": "环境保护税",
    "energy tax": "能源税",
    "carbon charge": "碳费",
    "income tax": "所得税",
    "fines": "罚款",
    "subsidies": "补贴",
    "awards": "奖励",
    "audit fee": "审核费",
    "audit time": "审核工时",
    "monitoring": "监测",
    "dividends": "分红",
    "equity": "注资",
    "write off": "坏账核销",
    # studies
    "Vary parameters over their ranges and see which matter, with intervals.\n\nA study that was "
    "interrupted goes on where it was when the same command is given again; with more samples, "
    "those are added.": (
        "让参数在其范围内变化，找出重要者并给出区间。\n\n中断的研究在再次输入同一命令时继续；"
        "增加样本数则补充样本。"
    ),
    "Method; rows runs a table of one's own (--design).": (
        "方法；rows 运行自备的设计表（--design）。"
    ),
    "What varies: all, behaviour, levers, groups or names, separated by commas.": (
        "变化的参数：all、behaviour、levers、组名或参数名，以逗号分隔。"
    ),
    "TOML file that narrows ranges, a table each.": "缩小范围的 TOML 文件，每个参数一个表。",
    "Analyse groups of parameters as one (sobol, morris).": "按组分析参数（sobol、morris）。",
    "Outcomes by name, separated by commas.": "指标名称，以逗号分隔。",
    "Base samples; a power of two for sobol.": "基础样本数；sobol 须为 2 的幂。",
    "Pairs of parameters too (sobol).": "同时分析两两交互（sobol）。",
    "Indices of every quarter too.": "同时给出逐季指数。",
    "Quarter from which levers of the study hold.": "研究中的政策参数自该季度起生效。",
    "CSV or Parquet file, a row per sample (rows).": "CSV 或 Parquet 文件，每行一个样本（rows）。",
    "Dask scheduler, tcp://HOST:PORT, or local:N to try one.": (
        "Dask 调度器地址 tcp://HOST:PORT；local:N 为本机试用。"
    ),
    "Folder of a common history to go on from (cleanpark history).": (
        "作为共同起点的历史文件夹（由 cleanpark history 生成）。"
    ),
    "Run a scenario up to a date and keep it, for compare and study to go on from (--from).": (
        "将情景运行至某一日期并保存，供 compare 与 study 以 --from 接续。"
    ),
    "All go on from a common history up to {until}.": "各情景均自截至 {until} 的共同历史接续。",
    "Last quarter of the history, such as 2030-Q4.": "历史的最后一个季度，如 2030-Q4。",
    "{seeds} histories up to {until} are in {folder}; go on with --from {folder}": (
        "{seeds} 份截至 {until} 的历史已存入 {folder}；以 --from {folder} 接续"
    ),
    "{seeds} histories up to {until} are in {folder} already; go on with --from {folder}": (
        "{folder} 中已有 {seeds} 份截至 {until} 的同一历史；以 --from {folder} 接续"
    ),
    "Folder of the study; what is there is used, not redone.": "研究文件夹；已有结果直接使用。",
    "Go on with an interrupted study; it must be there.": "继续中断的研究；该研究须已存在。",
    "Say how many runs, time, memory and disk; run nothing.": (
        "只估算运行次数、时间、内存与磁盘，不运行。"
    ),
    "Say in which futures a policy fails, and how robust policies are.": (
        "指出政策在何种情形下失效，以及各政策的稳健性。"
    ),
    "When a run fails, such as 'pollution_equivalents > p75'.": (
        "失效的判据，如 'pollution_equivalents > p75'。"
    ),
    "Further policies whose robustness is compared.": "一并比较稳健性的其他政策。",
    "Number of futures.": "情形数。",
    "Search the best mixes of levers under a budget, as scenario files that run.\n\nThe same "
    "command goes on where an interrupted search was; with more generations, those are added.": (
        "在预算内搜索最优政策组合，并写成可运行的情景文件。\n\n再次输入同一命令可继续中断的搜索；"
        "增加代数时，补充运行新增的各代。"
    ),
    "Levers to set: groups or names, by commas.": "要设定的政策参数：组名或名称，以逗号分隔。",
    "What the treasury may lose against the reference, CNY.": "财政相对参照可承受的减收，元。",
    "Rounds of the search.": "搜索轮数。",
    "Mixes in each round.": "每轮的组合数。",
    "New seeds under which the best are rechecked.": "用于复核最优组合的新随机种子数。",
    "Say what each instrument of a mix contributes (Shapley values), with intervals.": (
        "给出组合中各项措施的贡献（Shapley 值）及区间。"
    ),
    "Instruments: groups of levers, or each.": "措施：按组或逐个参数。",
    "Write a study's report and figures again.": "重新生成研究的报告与图。",
    "Folder of a finished study.": "已完成研究的文件夹。",
    "{done} of {total} runs, {rate} per second, {left} left": (
        "已完成 {done}/{total} 次运行，每秒 {rate} 次，剩余 {left}"
    ),
    "The study is in {folder}.": "研究保存在 {folder}。",
    "{samples} samples under {seeds} seeds: {runs} runs, {left} of them still to do; about {time}, "
    "{memory:.1f} GB of memory, {disk:.3f} GB of disk.": (
        "{samples} 个样本 × {seeds} 个种子：{runs} 次运行，尚余 {left} 次；约需 {time}，"
        "内存 {memory:.1f} GB，磁盘 {disk:.3f} GB。"
    ),
    "the method rows needs --design FILE, and no other method takes it": (
        "方法 rows 需要 --design 文件，其他方法不接受"
    ),
    "{folder}: holds no study to go on with": "{folder}：没有可继续的研究",
    "{failed} of {runs} runs failed and count as undefined; the first: sample {sample}, seed "
    "{seed}: {reason}": (
        "{runs} 次运行中有 {failed} 次失败，按无定义处理；"
        "第一个：样本 {sample}，种子 {seed}：{reason}"
    ),
    "Parameter": "参数",
    "95 % interval": "95%区间",
    "Best mixes, against the reference": "最优组合（相对参照）",
    "Mix": "组合",
    " (exceeds the budget)": "（超出预算）",
    " (beaten on fresh seeds)": "（换用新种子后被超越）",
    "Orders sampled where instruments exceed 12.": "措施多于 12 项时抽样的次序数。",
}
