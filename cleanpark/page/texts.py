"""What the page says: English templates and their Chinese."""

# ruff: noqa: E501 - a sentence is easier to mend on one line

from __future__ import annotations

ZH: dict[str, str] = {
    # Bar
    "Compare": "比较",
    "Explore": "观察",
    "Learn": "学习",
    "Studies": "研究",
    "Skip to the result": "跳到结果",
    "The server has {most} pages open and takes no more: try again in a few minutes.": "服务器已打开"
    " {most} 个页面，暂不能再接受新的访问，请过几分钟再试。",
    # The answer
    "One policy alone: add a second one to compare it with.": "目前只有一项政策：请再添加一项与之比较。",
    "“{policy}” in {year}: {outcome} is not defined.": "{year}年，“{policy}”下的{outcome}没有定义。",
    "“{policy}” in {year}: {outcome} not distinguishable from “{reference}” (95 % interval {low} to "
    "{high}).": "{year}年，“{policy}”下的{outcome}与“{reference}”相比没有可分辨的差异（95%区间"
    " {low} 至 {high}）。",
    "“{policy}” in {year}: {outcome} the same as under “{reference}”.": "{year}年，“{policy}”下的"
    "{outcome}与“{reference}”相同。",
    "“{policy}” in {year}: {outcome} {size} higher than under “{reference}” (95 % interval {low} to "
    "{high}).": "{year}年，“{policy}”下的{outcome}比“{reference}”高 {size}（95%区间 {low} 至"
    " {high}）。",
    "“{policy}” in {year}: {outcome} {size} lower than under “{reference}” (95 % interval {low} to "
    "{high}).": "{year}年，“{policy}”下的{outcome}比“{reference}”低 {size}（95%区间 {low} 至"
    " {high}）。",
    "points": "个百分点",
    "Enterprises' cost: no distinguishable change": "企业成本没有可分辨的变化",
    "Enterprises pay CNY {amount} more per 10,000 CNY of output": "企业每万元产值多支出"
    " {amount} 元",
    "Enterprises pay CNY {amount} less per 10,000 CNY of output": "企业每万元产值少支出"
    " {amount} 元",
    ", small ones most": "，其中小型企业变化最大",
    ", medium ones most": "，其中中型企业变化最大",
    ", large ones most": "，其中大型企业变化最大",
    "the treasury's balance: no distinguishable change": "财政净收入没有可分辨的变化",
    "the treasury gains {amount} in that year": "当年财政净收入增加 {amount}",
    "the treasury loses {amount} in that year": "当年财政净收入减少 {amount}",
    "{paid}; {state}.": "{paid}；{state}。",
    "Target {goal} of {first} by {year}: met by “{policy}” on average, in {runs} of {count} runs; "
    "for good from {since} on.": "目标（{year}年较{first}年 {goal}）：“{policy}”平均可以达到，"
    "{count} 次模拟中有 {runs} 次达到；自{since}年起持续达到。",
    "Target {goal} of {first} by {year}: met by “{policy}” on average, in {runs} of {count} runs, "
    "but not for good.": "目标（{year}年较{first}年 {goal}）：“{policy}”平均可以达到，{count} 次模拟"
    "中有 {runs} 次达到，但此后不能保持。",
    "Target {goal} of {first} by {year}: not met by “{policy}” ({runs} of {count} runs); reached in "
    "{since}.": "目标（{year}年较{first}年 {goal}）：“{policy}”届时未达到（{count} 次模拟中有"
    " {runs} 次达到）；要到{since}年才达到。",
    "Target {goal} of {first} by {year}: not met by “{policy}” ({runs} of {count} runs), nor within "
    "the quarters simulated.": "目标（{year}年较{first}年 {goal}）：“{policy}”未达到（{count} 次"
    "模拟中有 {runs} 次达到），模拟期内也未达到。",
    # Cards
    "Park": "园区",
    "Your own park or a saved question": "使用自己的园区或已保存的问题",
    "A CSV file with one enterprise a row, a park’s TOML file, or a question saved from this page "
    "(TOML, Python, command line).": "每行一家企业的 CSV 文件、园区的 TOML 文件，或从本页保存的问题"
    "（TOML、Python、命令行）。",
    "Drop a file here": "把文件拖到这里",
    "The file was not taken: at most {most} MB, and of the kinds named.": "未接受该文件：最大"
    " {most} MB，且须为上述类型。",
    "Compared with": "比较基准",
    "Policy {number}": "政策 {number}",
    "Take this policy out": "去掉这项政策",
    "Packaged policy": "内置政策",
    "Change a lever": "调整政策工具",
    "Name of your policy": "您的政策名称",
    "Add a policy": "添加一项政策",
    "Search a lever": "搜索政策工具",
    "Close": "关闭",
    "Size of the simulation": "模拟规模",
    "Enterprises": "企业数",
    "Quarters from 2026": "自2026年起的季度数",
    "Seeds (repetitions under other chance)": "随机种子数（不同随机情形下的重复次数）",
    "{low} to {high} are possible.": "可取 {low} 至 {high}。",
    "No lever is called so. Try another word.": "没有这样的政策工具，请换一个词。",
    "today: {value}": "现状：{value}",
    "group matter most": "最重要的工具",
    "group audit": "审核",
    "group information": "信息与能力",
    "group incentives": "激励",
    "group penalties": "处罚",
    "group market": "市场条件",
    "Source: {source} ({certainty})": "来源（英文）：{source}（{certainty}）",
    "Plausible range {low} to {high}": "合理范围 {low} 至 {high}",
    "{span}. {where}": "{span}。{where}",
    "shade: plausible range; mark: today’s value, {now}": "色带：合理范围；竖线：现状值 {now}",
    "shade: statutory range; mark: today’s value, {now}": "色带：法定范围；竖线：现状值 {now}",
    "Statutory range {low} to {high}. {source} ({certainty})": "法定范围 {low} 至 {high}。{source}（{certainty}）",
    "from the start": "自起始季度",
    "from {date}": "自 {date}",
    "Undo the change of {lever}": "撤销对“{lever}”的调整",
    "another date": "再加一个日期",
    "Take this date out": "去掉这个日期",
    "Each date once.": "每个日期只能出现一次。",
    "Date": "日期",
    " a quarter": "/季",
    " a year": "/年",
    "Park, policies and levers": "园区、政策与工具",
    # Results
    "The answer": "结论",
    "Running the first seeds …": "正在计算最初几次模拟……",
    "Share of the runs done": "已完成模拟的比例",
    "Preparing the model, which is done once on a machine: about half a minute …": "正在准备模型，"
    "每台机器只需一次，约半分钟……",
    "{done} of {total} runs done": "已完成 {done}/{total} 次模拟",
    "Rough: {count} of {all} seeds so far": "粗略结果：目前为 {count}/{all} 个随机种子",
    "Stopped after the time allowed: {count} of {all} seeds": "已达时间上限而停止：{count}/{all}"
    " 个随机种子",
    "{count} seeds, {enterprises} enterprises, {quarters} quarters": "{count} 个随机种子，"
    "{enterprises} 家企业，{quarters} 个季度",
    "Outcome": "指标",
    "Year": "年份",
    "Target, % of 2026": "目标（较2026年，%）",
    "Level": "水平",
    "Difference": "差异",
    "Chart": "图",
    "{kind} of this chart": "本图的 {kind} 文件",
    "CSV of the table": "本表的 CSV 文件",
    "How is this computed?": "如何计算？",
    "All outcomes": "全部指标",
    "Fewer outcomes": "主要指标",
    "Cost against reduction": "成本与减排",
    "Who pays": "谁承担成本",
    "Audits": "审核",
    "True against reported": "真实与申报",
    "How sure": "有多确定",
    "Take it along": "带走结果",
    "The address of this page holds the whole question: send it, or keep it.": "本页的网址包含整个"
    "问题：可以转发，也可以收藏。",
    "Copy the address": "复制网址",
    "The address is copied.": "网址已复制。",
    "Print": "打印",
    "Copy": "复制",
    "Save": "保存",
    "Reproduce in Python": "用 Python 重现",
    "Reproduce on the command line": "用命令行重现",
    "There is nothing to take along yet.": "目前还没有可带走的内容。",
    "Outcomes in {year}: the first policy’s level; for the others the change against it with its "
    "95 % interval, {count} seeds": "{year}年各项指标：第一项政策的水平；其余政策为与其相比的变化及"
    "95%区间，{count} 个随机种子",
    "{low} to {high}": "{low} 至 {high}",
    "undefined": "无定义",
    "no change": "无变化",
    "not distinguishable": "无法分辨",
    # How each is computed
    "Each policy runs under the same seeds, so that they meet the same chance. Line: mean over "
    "seeds; band: 95 % interval of that mean (Student’s t).": "各项政策使用相同的随机种子，因此面对"
    "相同的随机情形。线：各种子的均值；色带：该均值的95%区间（t分布）。",
    "Differences to the first policy, paired by seed, over all quarters. Cost to society: "
    "resources, control and audits, whoever pays; taxes and fines are transfers and left out.": "与"
    "第一项政策按随机种子配对的差异，覆盖全部季度。社会成本：资源、治理与审核成本，不论由谁支付；税费"
    "与罚款属于转移支付，不计入。",
    "Net environmental cost (treatment, options, taxes, fines, audits, less support) by output of "
    "the group, minus the same under the first policy, paired by seed.": "各组企业的环境净成本（治理、"
    "方案、税费、罚款、审核，扣除补贴）除以该组产值，再减去第一项政策下的同一数值，按随机种子配对。",
    "Shares of enterprises by the level that their last audit gave them, mean over seeds. An audit "
    "can be wrong: see the share of wrong levels in the table.": "按最近一次审核等级划分的企业占比，"
    "为各种子的均值。审核可能有误：参见表中的等级误判率。",
    "True: discharge within the limit. Reported: what enterprises declare. The gap is what hidden "
    "exceedances and wrong data make.": "真实：排放在限值以内。申报：企业自己的申报。两者之差来自隐瞒"
    "超标与不实数据。",
    "Each point is one future under its own chance. If points lie on both sides of zero, chance "
    "alone can turn the order of the policies.": "每个点是一种随机情形下的未来。若零线两侧都有点，仅凭"
    "随机因素就可能改变政策的优劣次序。",
    # Charts
    "Source: simulation with cleanpark {version}": "来源：cleanpark {version} 模拟",
    "percentage points": "百分点",
    "{unit} per quarter": "{unit}/季",
    "difference to “{reference}”": "与“{reference}”的差异",
    "level": "水平",
    "{measure}; {unit}; band: 95 % interval of the mean": "{measure}；{unit}；色带：均值的95%区间",
    "upright: extra cost to society, {unit}; against “{reference}”, all quarters together; bars: "
    "95 % intervals": "纵轴：社会新增成本（{unit}）；相对“{reference}”，全部季度合计；线段：95%区间",
    "pollution equivalents avoided, %": "污染当量减少，%",
    "change of net environmental cost against “{reference}”, CNY per 10,000 CNY of output, all "
    "quarters; boxes: 95 % intervals": "环境净成本相对“{reference}”的变化，元/万元产值，全部季度；"
    "方框：95%区间",
    "size:small": "小型",
    "size:medium": "中型",
    "size:large": "大型",
    "attitude:low": "合规消极",
    "attitude:middle": "合规中等",
    "attitude:high": "合规积极",
    "True against reported compliance": "真实与申报的达标率",
    "share of enterprises within their limits, %; full line: true, dotted: as reported": "达标企业"
    "占比，%；实线：真实，点线：申报",
    "{policy}, as reported": "{policy}（申报）",
    "Audit levels in {year}": "{year}年的审核等级",
    "share of enterprises by the level of their last audit, %": "按最近一次审核等级划分的企业占比，%",
    "Level I": "I级",
    "Level II": "II级",
    "Level III": "III级",
    "below level III, or never audited": "未达III级或从未审核",
    "How much is chance?": "随机因素有多大？",
    "{outcome} in {year}, difference to “{reference}”, {unit}; a point for each of {count} seeds": ""
    "{year}年{outcome}与“{reference}”的差异，{unit}；每个随机种子一个点，共 {count} 个",
    "target {goal} %": "目标 {goal}%",
    # Explore
    "The park, quarter by quarter": "逐季观察园区",
    "Policy": "政策",
    "Beside it": "并排比较",
    "nothing": "无",
    "Seed": "随机种子",
    "Colour": "颜色",
    "Technology level": "技术水平",
    "Attitude to compliance": "合规态度",
    "Compliance": "达标情况",
    "Audit level": "审核等级",
    "Perceived probability of being caught": "感知被查概率",
    "below level III": "未达III级",
    "never audited": "从未审核",
    "within the limits": "达标",
    "over a limit": "超标",
    "Time": "时间",
    "One quarter back": "上一季",
    "One quarter on": "下一季",
    "Play": "播放",
    "Pause": "暂停",
    "Quarter": "季度",
    "Quarters": "季度",
    "{label}: {inside} of {count} within their limits; {audited} audited, {inspected} inspected, {caught} caught": "{label}：{count} 家企业中 {inside} 家达标；审核 {audited} 家，检查 {inspected} 家，查处 {caught} 家",
    "low": "低",
    "high": "高",
    "audited this quarter": "本季审核",
    "inspected": "被检查",
    "caught and fined": "被查处罚款",
    "Area: output. Click a mark for its story.": "面积：产值。点击圆点查看企业经历。",
    "An enterprise’s story": "一家企业的经历",
    "Click a mark in the picture: here you read what that enterprise decided in the quarter shown, and why.": "点击图中的圆点：这里会显示该企业在当前季度的决策及其原因。",
    "Running the park quarter by quarter …": "正在逐季模拟园区……",
    "{count} enterprises, {quarters} quarters, seed {seed}: both parks meet the same chance": "{count} 家企业，{quarters} 个季度，随机种子 {seed}：两个园区面对相同的随机情形",
    "number of enterprises by tenths of the scale, {quarter} against the start": "按十分位划分的企业数，{quarter} 与起始对比",
    "at the start": "起始",
    "Enterprise {name} ({sector}) under “{policy}”": "“{policy}”下的企业 {name}（{sector}）",
    "Reading its decisions up to {quarter} …": "正在读取截至 {quarter} 的决策……",
    "Its own course": "该企业的变化轨迹",
    "technology, attitude and perceived probability of being caught, 0 to 1; discharge to water as a multiple of the limit": "技术水平、合规态度与感知被查概率（0至1）；水污染物排放为限值的倍数",
    "Discharge to water / limit": "水污染物排放/限值",
    # Refusals
    "address, key 'p': '{text}' is no change LEVER=VALUE@DATE": "网址，键 'p'：'{text}' 不是"
    " 工具=数值@日期 形式的调整",
    "address, key '{key}' = {text}: a whole number": "网址，键 '{key}' = {text}：应为整数",
    "address, key '{key}' = {text}: a number": "网址，键 '{key}' = {text}：应为数字",
    "address, key '{key}': unknown{hint}": "网址，键 '{key}'：未知{hint}",
    "the file is no TOML: {cause}": "该文件不是有效的 TOML：{cause}",
    "key '{key}': unknown{hint}": "键 '{key}'：未知{hint}",
    "the file is no comparison of this page: {cause}": "该文件不是本页保存的问题：{cause}",
    "unknown policy '{base}'{hint}": "未知的政策 '{base}'{hint}",
    "unknown outcome '{name}'{hint}": "未知的指标 '{name}'{hint}",
    "unknown park '{name}'{hint}": "未知的园区 '{name}'{hint}",
    "{file}: a park comes as .csv, .tsv, .txt or .toml": "{file}：园区文件应为 .csv、.tsv、.txt 或"
    " .toml",
    "{enterprises} enterprises, {quarters} quarters, {policies} policies and {seeds} seeds together "
    "are more than the page runs: fewer seeds or enterprises, or the command line": "{enterprises}"
    " 家企业、{quarters} 个季度、{policies} 项政策和 {seeds} 个随机种子合起来超出本页的计算量：请减少"
    "种子或企业数，或使用命令行",
    "{file}: larger than the {most} MB that the page takes": "{file}：超过本页可接受的 {most} MB",
    "{file}: {rows} enterprises; the page takes at most {most}": "{file}：{rows} 家企业；本页最多接受"
    " {most} 家",
    "the park of the file {file} is no longer here: drop the file in again": "文件 {file} 的园区已不在"
    "服务器上：请重新拖入该文件",
    "year = {value}: the {quarters} quarters reach {first} to {last}": "year = {value}：{quarters} 个"
    "季度覆盖{first}年至{last}年",
    "target = {value}: a change of -100 to 100 percent": "target = {value}：应为 -100 至 100 的百分比",
    "language = {value}: en or zh": "language = {value}：应为 en 或 zh",
    "policies: one to {most}": "政策：一至 {most} 项",
    "{key} = {value}: the page allows {low} to {high}": "{key} = {value}：本页允许 {low} 至 {high}",
    "a policy's name has at most {most} characters": "政策名称最多 {most} 个字符",
    "no line '{mark}...' in this text": "文本中没有以 '{mark}' 开头的一行",
    "port = {port} (--port): a number from 1 to 65535": "port = {port}（--port）：应为 1 至 65535",
    "{host}:{port} cannot be used ({cause}): choose another with --port": "{host}:{port} 无法使用"
    "（{cause}）：请用 --port 另选",
}


EN: dict[str, str] = {
    "group matter most": "Most important",
    "group audit": "Audits",
    "group information": "Information and capability",
    "group incentives": "Incentives",
    "group penalties": "Penalties",
    "group market": "Conditions of the market",
    "size:small": "small",
    "size:medium": "medium",
    "size:large": "large",
    "attitude:low": "weak commitment",
    "attitude:middle": "middling commitment",
    "attitude:high": "strong commitment",
}
"""English of what is called by a name of the model."""


def say(english: str, language: str, **fields: object) -> str:
    """A sentence in a language, its {names} filled in; English where there is no Chinese."""
    text = ZH.get(english, english) if language == "zh" else EN.get(english, english)
    return text.format(**fields) if fields else text
