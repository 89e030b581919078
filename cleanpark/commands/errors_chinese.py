"""Errors in Chinese, by their English templates; `{}` stands for what a message fills in.

The layers below speak English, and name files, keys and values; here a finished message is matched
against the templates and said in Chinese. In the Chinese, `{0}` is the first thing filled in:
itself a message where it matches, a unit with `{0:unit}`, words of a list with `{0:words}`. What no
template fits stays English.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator

OWN: dict[str, str] = {
    # kinds of study
    "{}: study.json has no setting '{}'; run the study again": (
        "{0}：study.json 中没有设置“{1}”；请重新运行该研究"
    ),
    "{}: has {} rows, fewer than the {} of a finished study of this kind; run the study again": (
        "{0}：有 {1} 行，少于此类已完成研究应有的 {2} 行；请重新运行该研究"
    ),
    "{}: has no runs; give the study's command again": "{0}：没有运行结果；请重新执行该研究的命令",
    "{}: kind of study '{}' is not known{}": "{0}：未知的研究类型“{1}”{2}",
    "figure '{}': a study of kind '{}' has none of this name{}": (
        "图“{0}”：类型为“{1}”的研究没有此图{2}"
    ),
    # the environmental tax and the law by date
    "date {}: outside what is known, {} to {}": ("日期 {0}：不在已知范围 {1} 至 {2} 之内"),
    "date {}: write a day, a month or a quarter, such as 2026-09-30, 2026-09 or 2026-Q3": (
        "日期 {0}：请写日、月或季，如 2026-09-30、2026-09 或 2026-Q3"
    ),
    "'{}' is both {}: write one of these names, or give the outlet its medium": (
        "“{0}”可指 {1}：请写其中之一，或给出排放口的类别"
    ),
    "unknown pollutant '{}'{}": ("未知污染物“{0}”{1}"),
    "pH {}: must be a number from 0 to 14": ("pH {0}：应为 0 至 14 的数"),
    "unknown medium '{}': one of air, water, waste, noise, or 大气, 水, 固体废物, 噪声": (
        "未知类别“{0}”：应为大气、水、固体废物、噪声之一"
    ),
    "{}: has no rows": ("{0}：没有数据行"),
    "{}, line {}: {} cells under {} columns": ("{0}，第 {1} 行：{3} 列之下有 {2} 个单元格"),
    "{}: unknown column '{}'{}": ("{0}：未知列“{1}”{2}"),
    "{}: column '{}' stands twice": ("{0}：列“{1}”出现两次"),
    "{}: needs a column 'pollutant' (污染物)": ("{0}：缺少列“污染物”（pollutant）"),
    "{}: a row without a pollutant": ("{0}：该行没有污染物"),
    "{}: '{}' stands twice for outlet '{}' and this month": (
        "{0}：“{1}”在排放口“{2}”的同一月份出现两次"
    ),
    "{}: neither amount nor generated is given": ("{0}：排放量和产生量都没有给出"),
    "{}: give a ratio, or a concentration and its limit": (
        "{0}：请给出比值，或浓度与限值（二选一）"
    ),
    "{}: a concentration needs its limit, and a limit a concentration": (
        "{0}：浓度与标准限值须同时给出"
    ),
    "{}: a limit must be above 0": ("{0}：标准限值须大于 0"),
    "{}: '{}' is neither yes nor no": ("{0}：“{1}”既不是“是”也不是“否”"),
    "{}: unknown text '{}'{}": ("{0}：未知文本“{1}”{2}"),
    "{}: certainty law needs a statute or decision, not '{}'": (
        "{0}：标为“法定”须有法律或决定文本，“{1}”不是"
    ),
    "{}: unknown figure of the law '{}'{}": "{0}：法律数据中没有“{1}”{2}",
    "{}: what no text supports must have certainty assumed": (
        "{0}：没有文本依据的须标为“假设”（assumed）"
    ),
    "no rates: name a province, or give CNY per equivalent by medium": (
        "没有税额：请给出省份，或按类别给出每污染当量的元数"
    ),
    "limit_ratio and combustion belong to each outlet where there are several": (
        "有多个排放口时，浓度比和燃烧标记须分别写在各排放口"
    ),
    "outlet '{}' stands twice{}": ("排放口“{0}”出现两次{1}"),
    "give the months of outlets, or a date, not both": (
        "请给出各排放口的月份，或给出日期（二选一）"
    ),
    "month '{}': write it as 2026-09": ("月份“{0}”：请写作 2026-09"),
    "no rates of '{}' are known for {}": ("“{0}”在 {1} 的税额未知"),
    "limit_ratio of {}: the outlet{} discharges nothing of it": (
        "{0} 的浓度比：排放口{1}没有该项排放"
    ),
    "pH needs its value: write ph@4.5": ("pH 须带数值：请写作 ph@4.5"),
    "{}: '{}' is no number": ("{0}：“{1}”不是数"),
    "{}: only pH and colour take a value": ("{0}：只有 pH 和色度带数值"),
    "'{}' is given twice": ("“{0}”给出了两次"),
    "{} of {}: only solid waste has it": ("{1} 的 {0}：只有固体废物有此项"),
    "{}: after fraud what was generated is taxed; give that amount": (
        "{0}：按产生量计税时须给出产生量"
    ),
    "{}: no amount discharged is given": ("{0}：没有给出排放量"),
    "{}: give the amount discharged, or generated, stored, disposed of and used": (
        "{0}：请给出排放量，或产生量、贮存量、处置量和综合利用量（二选一）"
    ),
    "{}: stored, disposed of and used are more than was generated": (
        "{0}：贮存、处置和综合利用量之和大于产生量"
    ),
    "outlet '{}': table 4 is for sources that cannot be measured; leave out what was measured, or "
    "the source": ("排放口“{0}”：附表二之四仅适用于无法监测的排污者；请去掉监测项目，或去掉该项"),
    "places = {}: 1, or 2 where a boundary of more than 100 m has two or more": (
        "places = {0}：应为 1；边界长度超过 100 米且有两处以上超标的为 2"
    ),
    "days of {}: only noise has days": ("{0} 的天数：只有噪声有超标天数"),
    "; did you mean {}?": ("；是否想写 {0}？"),
    "; cleanpark tax --pollutants lists them all": ("；cleanpark tax --pollutants 可列出全部"),
    "{} instruments make {} subsets; at most {} can be run in full: group them (--by group)": (
        "{0} 项措施有 {1} 个子集；最多可完整运行 {2} 项：请按组分析（--by group）"
    ),
    "seeds = {} (--seeds): a count from 1 to {}, or a list of seeds": (
        "seeds = {0}（--seeds）：应为 1 至 {1} 的个数，或随机种子的列表"
    ),
    "seeds: a list of at most {} seeds": "seeds：列表中最多 {0} 个随机种子",
    "seeds, {}: a seed is a whole number from 0 to 2**63 - 1": (
        "seeds，{0}：随机种子应为 0 至 2**63 - 1 的整数"
    ),
    "a policy is given twice: {}": "同一政策给出了两次：{0}",
    "{}: holds another history (it differs in {}); name another folder or say --replace": (
        "{0}：其中是另一段历史（不同之处：{1}）；请换一个文件夹，或使用 --replace"
    ),
    "{} = {}: a whole number from {} to {}": "{0} = {1}：应为 {2} 至 {3} 的整数",
    "budget = nan: give an amount in CNY": "budget = nan：请给出以元计的金额",
    "permutations = {}: at least {}": "permutations = {0}：至少为 {1}",
    "workers = {} (--workers): a number from 1 to {}, or -1 for all cores": (
        "workers = {0}（--workers）：应为 1 至 {1}，或 -1 表示全部核"
    ),
    "cluster = {} (--cluster): a Dask scheduler's address SCHEME://HOST:PORT such as "
    "tcp://host:8786, the port from 1 to 65535, or local:2 for two processes of this machine "
    "(at most {})": (
        "cluster = {0}（--cluster）：应为 Dask 调度器地址 SCHEME://HOST:PORT，如 tcp://host:8786，"
        "端口为 1 至 65535；或 local:2 表示本机两个进程（最多 {1} 个）"
    ),
    "the cluster was lost; what was finished is kept: give the same command again": (
        "与集群的连接已中断；已完成的部分已保留：请再次输入同一命令"
    ),
    "cluster = {} (--cluster): no Dask scheduler answers there ({})": (
        "cluster = {0}（--cluster）：该地址没有 Dask 调度器应答（{1}）"
    ),
    "{} needs certificates": "{0} 需要证书",
    "cluster = {} (--cluster): no Dask scheduler answers there": (
        "cluster = {0}（--cluster）：该地址没有 Dask 调度器应答"
    ),
    "cluster = {} (--cluster): the scheduler has no workers after {} seconds; start some, or wait "
    "until a queue has given them": (
        "cluster = {0}（--cluster）：{1} 秒后调度器仍没有工作进程；请启动若干个，或等待队列分配"
    ),
    "two scenarios are named '{}' and differ: give one another name": (
        "两个不同的情景同名“{0}”：请给其中一个另取名称"
    ),
    "design, column '{}', sample {}: '{}' is no number; {}": (
        "设计，“{0}”列，第 {1} 个样本：“{2}”不是数；{3}"
    ),
    "samples: make {} rows of {} parameters, more than memory holds ({} cells); ask for fewer "
    "samples or parameters": (
        "samples：将产生 {0} 行、{1} 个参数，超出内存所能容纳的 {2} 个单元；请减少样本或参数"
    ),
    "{}, key 'choices': one of them is given twice": "{0}，键“choices”：有一个选项给出了两次",
    "{}, key 'scale': '{}' does not fit a parameter of scale '{}'; only linear and log take each "
    "other's place": ("{0}，键“scale”：“{1}”不适合尺度为“{2}”的参数；只有 linear 与 log 可以互换"),
    "{}: is not UTF-8 text; save it as CSV in UTF-8": "{0}：不是 UTF-8 文本；请另存为 UTF-8 的 CSV",
    "{}: is empty; give a row per sample and a column per parameter": (
        "{0}：是空的；每个样本一行，每个参数一列"
    ),
    "{}: columns are to be separated by commas; save it as CSV (commas)": (
        "{0}：各列应以逗号分隔；请另存为逗号分隔的 CSV"
    ),
    "{}, line {}: has {} cells, but {} columns are named in the first line": (
        "{0}，第 {1} 行：有 {2} 个单元格，而首行列出了 {3} 列"
    ),
    "design, column '{}': appears twice": "设计，“{0}”列：出现了两次",
    "design, column '{}': give numbers, or text, one of them in all rows": (
        "设计，“{0}”列：各行应同为数，或同为文字"
    ),
    "outcome '{}': is taken; give another name": "指标“{0}”：名称已被占用；请另取名称",
    "{}: is damaged; name another folder or say --replace": (
        "{0}：已损坏；请换一个文件夹，或使用 --replace"
    ),
    "{}: has no '{}'; run the study again": "{0}：缺少“{1}”；请重新运行该研究",
    "{}: is damaged; give the study's command again": "{0}：已损坏；请再次输入该研究的命令",
    # where
    "{}, key '{}'": "{0}，键“{1}”",
    "{}, line {}, key '{}'": "{0}，第 {1} 行，键“{2}”",
    "{}, lever '{}'": "{0}，政策参数“{1}”",
    "{}, behaviour '{}'": "{0}，行为参数“{1}”",
    "scenario '{}'": "情景“{0}”",
    "behavioural parameter '{}'": "行为参数“{0}”",
    "discharge of {}": "{0} 的排放量",
    "limit_ratio of {}": "{0} 的限值比（limit_ratio）",
    "rate of {}": "{0} 的税额",
    "number {}": "第 {0} 列",
    "until: {}": "until：{0}",
    "--start: {}": "--start：{0}",
    # hints and what is allowed
    "; did you mean '{}'?": "；是否想写“{0}”？",
    "; did you mean one of {}?": "；是否想写其中之一：{0}？",
    "a number from {} to {} ({})": "应为 {0} 至 {1} 的数（单位：{2:unit}）",
    "one of {}": "可取：{0}",
    "{} to {}": "{0} 至 {1}",
    "0 to {}": "0 至 {0}",
    # files
    "{}: cannot be read ({})": "{0}：无法读取（{1}）",
    "{}: cannot be written ({})": "{0}：无法写入（{1}）",
    "{}: cannot be written ({} is not writable)": "{0}：无法写入（{1} 没有写权限）",
    "{}: cannot be written ({}); what was finished is kept: make room and give the same command "
    "again": "{0}：无法写入（{1}）；已完成的部分均已保留，请腾出空间后再次输入同一命令",
    "the disk is full": "磁盘已满",
    "{}, line {}: not UTF-8 text; save the file as UTF-8": (
        "{0}，第 {1} 行：不是 UTF-8 文本；请将文件另存为 UTF-8"
    ),
    "{}: not valid TOML: {}": "{0}：TOML 格式有误：{1}",
    "{}: already exists; choose another name": "{0}：已存在；请换名",
    "{}: no such file or folder": "{0}：没有该文件或文件夹",
    "{}: no such scenario file": "{0}：没有该情景文件",
    "{}: is a file; name a folder for the results": "{0}：是文件；请为结果指定文件夹",
    "{}: is not empty and holds no results; name another folder": (
        "{0}：文件夹非空，且其中没有结果；请另指定文件夹"
    ),
    "{}: is not empty and holds no search; name another folder": (
        "{0}：文件夹非空，且其中没有搜索；请另指定文件夹"
    ),
    "{}: is not empty and holds no study; name another folder": (
        "{0}：文件夹非空，且其中没有研究；请另指定文件夹"
    ),
    "{}: already holds the results of another run; name another folder or say --replace": (
        "{0}：已有另一次运行的结果；请另指定文件夹或加 --replace"
    ),
    "{}: holds another search (it differs in {}); name another folder or say --replace": (
        "{0}：已有另一项搜索（不同之处：{1:words}）；请另指定文件夹或加 --replace"
    ),
    "{}: holds another study (it differs in {}); name another folder or say --replace": (
        "{0}：已有另一项研究（不同之处：{1:words}）；请另指定文件夹或加 --replace"
    ),
    "{}: holds another design of the same parameters; name another folder or say --replace": (
        "{0}：已有相同参数的另一份设计；请另指定文件夹或加 --replace"
    ),
    "{}: already holds {} samples, more than the {} asked for; ask for as many or more, or name "
    "another folder": (
        "{0}：已有 {1} 个样本，多于所要求的 {2} 个；请要求同样多或更多样本，或另指定文件夹"
    ),
    "{}: is no study (no {} there); name the folder of a study": (
        "{0}：不是研究文件夹（其中没有 {1}）；请指定研究所在的文件夹"
    ),
    "{}: this study is not finished; give its command again first": (
        "{0}：该研究尚未完成；请先再次输入其命令"
    ),
    "{}: has no {}.csv{}; run the study again": "{0}：缺少 {1}.csv{2}；请重新运行该研究",
    # records
    "key '{}'{}: {}": "键“{0}”{1}：{2}",
    "key '{}': unknown key{}": "键“{0}”：未知的键{1}",
    "key '{}': missing": "键“{0}”：缺失",
    "must be a finite number": "应为有限的数",
    'must be {{ en = "...", zh = "..." }}': '应为 {{ en = "...", zh = "..." }}',
    "{} is outside its own range {}": "{0} 超出自身的范围 {1}",
    # levers, behavioural parameters, dates
    "{}: unknown lever{} (cleanpark parameters lists all)": (
        "{0}：未知的政策参数{1}（cleanpark parameters 列出全部参数）"
    ),
    "{}: unknown behavioural parameter{}": "{0}：未知的行为参数{1}",
    "{}: no such lever{}": "{0}：没有该政策参数{1}",
    "{} is not a number: {}": "{0} 不是数：{1}",
    "{} is out of range: {}": "{0} 超出范围：{1}",
    "{} is not a whole number: {}": "{0} 不是整数：{1}",
    "{} is not possible: {}{}": "{0} 不可用：{1}{2}",
    "range {} must rise inside {} to {}": "范围 {0} 须由小到大，且在 {1} 至 {2} 之内",
    "range {} on a log scale must lie above 0": "对数尺度的范围 {0} 须大于 0",
    "a triangular distribution needs its default inside the range": (
        "三角分布要求默认值位于范围之内"
    ),
    'no date given: write {{ "2028-Q1" = value }}': '未给出日期：请写作 {{ "2028-Q1" = 数值 }}',
    "a choice cannot be phased in: {}": "选项类参数不能分期到位：{0}",
    "phase-in ends {}, not after it begins {}": "分期到位的结束 {0} 不晚于开始 {1}",
    "phase-in from {} overlaps the one that ends {}": (
        "自 {0} 起的分期到位与截至 {1} 的一段相互重叠"
    ),
    "{} is no phase-in: write {{ from = ..., to = ..., end = ... }}": (
        "{0} 不是分期到位的写法：请写作 {{ from = ..., to = ..., end = ... }}"
    ),
    "a phase-in has only from, to, start and end, not {}": (
        "分期到位只有 from、to、start、end 四个键，没有 {0}"
    ),
    "phase-in without '{}': write {{ from = ..., to = ..., end = ... }}": (
        "分期到位缺少“{0}”：请写作 {{ from = ..., to = ..., end = ... }}"
    ),
    "{} is no quarter: write a year and a quarter, such as 2028-Q1": (
        "{0} 不是季度：请写年份与季度，如 2028-Q1"
    ),
    "{} is outside the horizon {} to {}": "{0} 不在 {1} 至 {2} 的时间范围之内",
    # scenarios
    "unknown scenario '{}'{} (packaged: {}; or give a .toml file)": (
        "未知情景“{0}”{1}（内置情景：{2}；也可指定 .toml 文件）"
    ),
    "{}, key 'extends': a cycle ({})": "{0}，键“extends”：循环继承（{1}）",
    "scenario '{}' is given twice: give each its own name": (
        "情景“{0}”重复出现：请为每个情景取不同的名称"
    ),
    "scenarios '{}' and '{}' do not differ": "情景“{0}”与“{1}”没有差别",
    # law
    "noise of {} dB above the standard: must be a finite number": (
        "噪声超标 {0} 分贝：应为有限的数"
    ),
    "unknown province '{}'{} (provinces: {})": "未知省份“{0}”{1}（省份：{2}）",
    "{} = {}: must be a number": "{0} = {1}：应为数",
    "{} = {}: must be a number from 0 to {}": "{0} = {1}：应为 0 至 {2} 的数",
    "unknown {} '{}'{} (allowed: {})": "未知的{0:words}“{1}”{2}（可用：{3}）",
    "no rate for {}, which {} needs: give rates = {{'{}': CNY per equivalent}} or the name of a "
    "province": ("缺少 {0} 的税额，而 {1} 需要它：请给出 rates = {{'{2}': 元/当量}} 或省份名称"),
    "{}: must declare exactly {}, in this order": "{0}：须依次声明 {1}，不多不少",
    "unknown flow '{}'{} (flows: {})": "未知的排放或资源项“{0}”{1}（可用：{2}）",
    # parks
    "unknown park '{}'{} (parks: {}; or a file .toml or .csv)": (
        "未知园区“{0}”{1}（内置园区：{2}；也可指定 .toml 或 .csv 文件）"
    ),
    "park '{}' lists {} enterprises of its own: leave out enterprises = {}": (
        "园区“{0}”已自列 {1} 家企业：请去掉 enterprises = {2}"
    ),
    "enterprises = {}: must be a whole number from 1 to {}": (
        "enterprises = {0}：企业数应为 1 至 {1} 的整数"
    ),
    "{}, key 'sectors.shares.{}': unknown sector{} (sectors: {})": (
        "{0}，键“sectors.shares.{1}”：未知行业{2}（行业：{3}）"
    ),
    "key '{}': unit '{}' must be '{}'": "键“{0}”：单位“{1}”应为“{2}”",
    "key 'sectors': shares must not be negative": "键“sectors”：行业占比不得为负",
    "key 'sectors': shares add up to {}, must add up to 1": (
        "键“sectors”：行业占比之和为 {0}，应为 1"
    ),
    "key '{}' = {}: must be from {} to {}": "键“{0}” = {1}：应在 {2} 至 {3} 之间",
    "{} sectors: at most {} are possible": "{0} 个行业：最多 {1} 个",
    "no park given: name at least one": "未指定园区：至少指定一个",
    # a park's file of enterprises
    "{}: this is a workbook; save the sheet as CSV (UTF-8)": (
        "{0}：这是工作簿；请将工作表另存为 CSV（UTF-8）"
    ),
    "{}, line {}, character {}: byte 0x{} cannot be read as {}; save the file as CSV UTF-8": (
        "{0}，第 {1} 行第 {2} 个字符：字节 0x{3} 无法按 {4:words} 读取；请将文件另存为 CSV UTF-8"
    ),
    "{}, line {}, character {}: control character, this is no CSV text": (
        "{0}，第 {1} 行第 {2} 个字符：是控制字符，这不是 CSV 文本"
    ),
    "{}, line {}: not readable as CSV: {}": "{0}，第 {1} 行：无法按 CSV 读取：{2}",
    "{}: the file is empty; it needs the columns {}": "{0}：文件为空；须有以下列：{1}",
    "{}, line 1: columns '{}' and '{}' both say {}; keep one": (
        "{0}，第 1 行：列“{1}”与“{2}”都表示 {3}；请只保留一列"
    ),
    "{}, line 1, column '{}': unit '{}' must be {} {}(write it as {})": (
        "{0}，第 1 行，列“{1}”：单位“{2}”应为{3:unit}{4}（可写作 {5}）"
    ),
    "{}, line 1, column '{}': unit '{}' must be {} a year (write it as {})": (
        "{0}，第 1 行，列“{1}”：单位“{2}”应为每年{3:unit}（可写作 {4}）"
    ),
    "a year ": "每年",
    "{}, line 1: no column {}; found: {}": "{0}，第 1 行：缺少列 {1}；现有列：{2}",
    "{}, line {}: more than {} enterprises": "{0}，第 {1} 行：企业多于 {2} 家",
    "{}: no enterprise, only a header; add a row for each": (
        "{0}：只有表头，没有企业；请为每家企业加一行"
    ),
    "line {}, column '{}': '{}': {}": "第 {0} 行，列“{1}”：“{2}”：{3}",
    "... and {} more": "……另有 {0} 处",
    'the row has {} cells but the header {}; a number with a comma, like "1,200", needs quotes': (
        '该行有 {0} 个单元格，而表头有 {1} 个；含逗号的数须加引号，如 "1,200"'
    ),
    "an id is missing": "缺少企业编号",
    "this id is already on line {}": "该企业编号已见于第 {0} 行",
    "unknown sector{} (sectors: {})": "未知行业{0}（行业：{1}）",
    "the yearly output is missing; it is required, in 10,000 CNY": (
        "缺少年产值；此项必填，单位为万元"
    ),
    "the yearly output must be above 0, in 10,000 CNY": "年产值须大于 0，单位为万元",
    "must be at most {}: check the unit, 10,000 CNY a year": (
        "不得超过 {0}：请核对单位，应为每年万元"
    ),
    "{} times the sector's worst practice: check the unit, {} a year": (
        "{0} 倍于本行业最差水平：请核对单位，应为每年{1:unit}"
    ),
    "language '{}': must be en or zh": "语言“{0}”：应为 en 或 zh",
    "not a number": "不是数",
    "not clear whether the comma is decimal: write 1.5 or 1,500": (
        "无法判断逗号是否为小数点：请写作 1.5 或 1,500"
    ),
    "not a number: write the number alone, without a unit": "不是数：请只写数，不写单位",
    "the number is too large": "数过大",
    "must not be negative": "不得为负",
    "must be a share from 0 to 1 (or, with a percent sign, up to 100 %)": (
        "应为 0 至 1 的比例（带百分号时最高 100%）"
    ),
    "must be yes or no (是/否, 1/0)": "应为是或否（是/否、1/0）",
    "must be before the start of the simulation, 2026-Q1": "须早于模拟起点 2026-Q1",
    "too long ago: must be 1986 or later": "年代过早：须为 1986 年或以后",
    "not a date: write it as 2024-03-15, 2024-03 or 2024-Q1": (
        "不是日期：请写作 2024-03-15、2024-03 或 2024-Q1"
    ),
    "no such day ({})": "没有这一天（{0}）",
    "not clear which is the month: write it as 2024-03-15": (
        "无法判断哪个是月份：请写作 2024-03-15"
    ),
    # sectors
    "key '{}.{}': unknown{} (allowed: {})": "键“{0}.{1}”：未知{2}（可用：{3}）",
    "key '{}.{}': missing": "键“{0}.{1}”：缺失",
    "{} options: at most {} are possible": "{0} 个方案：最多 {1} 个",
    "key 'columns.{}': unit '{}' must be '{}'": "键“columns.{0}”：单位“{1}”应为“{2}”",
    "option '{}' is there {} times": "方案“{0}”出现了 {1} 次",
    "{}: no sector file (*.toml) in this folder": "{0}：该文件夹中没有行业文件（*.toml）",
    "{}, key 'name': '{}' is already in {}": "{0}，键“name”：“{1}”已见于 {2}",
    "{}: levels I, II, III must rise inside 0 to 1": "{0}：I、II、III 级须在 0 至 1 之内递增",
    "saving of unknown flow '{}'{}": "对未知的排放或资源项“{0}”的节约{1}",
    "saving of {} = {}: must be from 0 to below 1": "{0} 的节约 = {1}：应不小于 0 且小于 1",
    # histories
    "{}: is a history of other parks than the one given": "{0}：该历史属于其他园区",
    "{}: no such file; keep a history there first": "{0}：没有该文件；请先在此保存历史",
    "{}: is no history, or is damaged": "{0}：不是历史文件，或已损坏",
    "{}: made by cleanpark {}, whose records differ from those of {}; run the history again": (
        "{0}：由 cleanpark {1} 生成，其记录与 {2} 不同；请重新运行历史"
    ),
    "the history is of other parks than these: it has {}": "该历史属于其他园区：其园区为 {0}",
    "the history is of seed {}, not {}": "该历史的随机种子为 {0}，不是 {1}",
    "quarters = {}: the history has {} already, up to {}; go on to a later date": (
        "quarters = {0}：历史已有 {1} 个季度，截至 {2}；请接续至更晚的日期"
    ),
    "{}: holds no history (no readable {}); make one with: cleanpark history": (
        "{0}：其中没有历史（没有可读的 {1}）；请用 cleanpark history 生成"
    ),
    "{}: has no history of seed {}, only {}; run as many seeds as it has, or the history with "
    "more": "{0}：没有随机种子 {1} 的历史，只有 {2}；请按其种子数运行，或用更多种子重新生成历史",
    # runs
    "no enterprise '{}' in the park{} (identifiers run from {} to {})": (
        "园区中没有企业“{0}”{1}（企业编号从 {2} 到 {3}）"
    ),
    "rng = {}: a seed is a whole number from 0 to 2**63 - 1": (
        "rng = {0}：随机种子应为 0 至 2**63 - 1 的整数"
    ),
    "engine = {}: choose one of {}": "engine = {0}：计算引擎可取 {1}",
    "quarters = {}: at least one is needed": "quarters = {0}：至少需要一个季度",
    "quarters = {}: a number from 1 to {}": "quarters = {0}：季度数应为 1 至 {1}",
    "engine = 'compiled' cannot run a subclass: use 'auto' or 'agents'": (
        "engine = 'compiled' 不能运行子类：请用 'auto' 或 'agents'"
    ),
    "seeds = {}: a count from 1 to {}, or a list of seeds": (
        "seeds = {0}：应为 1 至 {1} 的种子数，或一列随机种子"
    ),
    "seeds = {}: at least one, and none twice": "seeds = {0}：至少一个随机种子，且不得重复",
    "workers were lost {} times (memory?): use fewer workers; what was finished is kept": (
        "工作进程中断 {0} 次（可能内存不足）：请减少进程数；已完成的部分均已保留"
    ),
    "workers = {}: 1 or more, or -1 for all cores": (
        "workers = {0}：进程数应不小于 1，或以 -1 表示全部核心"
    ),
    "cluster = {}: no Dask scheduler answers there": "cluster = {0}：该处没有应答的 Dask 调度器",
    "cluster = {}: a Dask scheduler's address such as tcp://host:8786, or local:2 for two "
    "processes of this machine": (
        "cluster = {0}：应为 Dask 调度器地址，如 tcp://host:8786；或以 local:2 表示本机两个进程"
    ),
    '{} is not installed: pip install "cleanpark[studies]"': (
        '{0} 未安装：请运行 pip install "cleanpark[studies]"'
    ),
    # what is typed
    "--set {}: write LEVER=VALUE, such as --set fine=20": (
        "--set {0}：请写作 参数=数值，如 --set fine=20"
    ),
    "{} {}: '{}' is given twice": "{0} {1}：“{2}”重复给出",
    "{} {}: write NAME=NUMBER, such as {} {}": "{0} {1}：请写作 名称=数值，如 {2} {3}",
    # studies
    "unknown outcome '{}'{}": "未知指标“{0}”{1}",
    "unknown outcome '{}'{} (there are {})": "未知指标“{0}”{1}（可用：{2}）",
    "no outcome: name at least one": "未指定指标：至少指定一个",
    "outcomes: name what the function returns": "outcomes：请写明函数返回的指标",
    "unknown method '{}'{}": "未知方法“{0}”{1}",
    "start = {} (--start {}): a quarter of the horizon, 0 (2026-Q1) to {} ({})": (
        "start = {0}（--start {1}）：应为时间范围内的季度，0（2026-Q1）至 {2}（{3}）"
    ),
    "samples = {}: a whole number from 1 to {}": "samples = {0}：样本数应为 1 至 {1} 的整数",
    "samples = {}: at least 4 are needed": "samples = {0}：至少需要 4 个样本",
    "samples = {}: a Sobol sequence is balanced at powers of two; choose {} or {}": (
        "samples = {0}：Sobol 序列的样本数须为 2 的幂；请取 {1} 或 {2}"
    ),
    "groups are analysed by {}, not by {}": "按组分析只能用 {0:words}，不能用 {1}",
    "{} outputs for {} samples: give one per sample": "{0} 个输出对应 {1} 个样本：每个样本给一个",
    "{} values for {} samples: give one per sample": "{0} 个数值对应 {1} 个样本：每个样本给一个",
    "{} samples are no whole number of blocks of {}": "{0} 个样本不是整数个每组 {1} 个的区块",
    "samples are not in the order of a Morris design": "样本顺序与 Morris 设计不符",
    "samples are not in the order of a Sobol design": "样本顺序与 Sobol 设计不符",
    "the study has not been run: call run() first": "研究尚未运行：请先调用 run()",
    "design: has no rows; give a row per sample and a column per parameter": (
        "设计表没有行：每个样本一行，每个参数一列"
    ),
    "design, column 'sample': must be 0, 1, 2, ... in order": (
        "设计表，列“sample”：须依次为 0、1、2……"
    ),
    "design, column '{}': no such parameter{}": "设计表，列“{0}”：没有该参数{1}",
    "design, column 'scenario': '{}' was not given{}": "设计表，列“scenario”：未给出情景“{0}”{1}",
    "{}: cannot be read as a table ({})": "{0}：无法读作表格（{1}）",
    # parameters of studies
    "unknown parameter '{}'{} (cleanpark parameters lists all)": (
        "未知参数“{0}”{1}（cleanpark parameters 列出全部参数）"
    ),
    "{}: '{}' is not among the parameters of this study{}": "{0}：本研究的参数中没有“{1}”{2}",
    "{}, key 'range': [{}, {}] is not possible; low below high, {}": (
        "{0}，键“range”：[{1}, {2}] 不可用；下限须小于上限，{3}"
    ),
    "{}, key 'choices': '{}' is none of them{}": "{0}，键“choices”：没有选项“{1}”{2}",
    "{}: a triangular distribution needs the default {} inside the range; say distribution = "
    '"uniform"': '{0}：三角分布要求默认值 {1} 位于范围之内；请写 distribution = "uniform"',
    "parameter '{}': a triangular distribution needs a number's scale (linear or log) and its mode "
    "inside the range": ("参数“{0}”：三角分布要求数值尺度（linear 或 log），且众数位于范围之内"),
    "parameter '{}': give at least two choices": "参数“{0}”：至少给出两个选项",
    "parameter '{}': range {} to {} holds nothing to vary; give a low below the high": (
        "参数“{0}”：范围 {1} 至 {2} 内无可变化；下限须小于上限"
    ),
    "parameter '{}': a log scale needs a low above 0": "参数“{0}”：对数尺度的下限须大于 0",
    "parameter '{}': range {} to {} holds fewer than two whole numbers": (
        "参数“{0}”：范围 {1} 至 {2} 内不足两个整数"
    ),
    "parameter '{}' is given twice": "参数“{0}”重复给出",
    "no parameter to vary: name at least one": "没有要变化的参数：至少指定一个",
    "parameter '{}' is both an uncertainty and a lever": "参数“{0}”既列为不确定参数又列为政策参数",
    "'{}': '{}' is no {} of this model{} (it has {})": (
        "“{0}”：本模型没有{2:words}“{1}”{3}（现有：{4:words}）"
    ),
    # discovery
    "criterion '{}': write OUTCOME < VALUE, OUTCOME > pPERCENTILE or OUTCOME worse than reference, "
    "such as 'compliance_true < 0.7' or 'pollution_equivalents > p75'": (
        "判据“{0}”：请写作 指标 < 数值、指标 > p百分位 或 指标 worse than reference（劣于参照），"
        "如 'compliance_true < 0.7' 或 'pollution_equivalents > p75'"
    ),
    "criterion '{}': no such outcome{}": "判据“{0}”：没有该指标{1}",
    "criterion '{}': neither more nor less of '{}' is better; write '{} > reference' or "
    "'{} < reference'": (
        "判据“{0}”：“{1}”没有优劣方向；请写作 '{2} > reference' 或 '{3} < reference'"
    ),
    "criterion '{}': a percentile between 0 and 100": "判据“{0}”：百分位应在 0 与 100 之间",
    "criterion '{}': '{}' is no number": "判据“{0}”：“{1}”不是数",
    "criterion '{}': name the reference policy too, such as --against voluntary": (
        "判据“{0}”：请同时指定参照情景，如 --against voluntary"
    ),
    "criterion on '{}': give the reference's value in every future": (
        "关于“{0}”的判据：请给出参照情景在每种情形下的数值"
    ),
    "peel_alpha = {}: a share between 0 and 1": "peel_alpha = {0}：应为 0 与 1 之间的比例",
    "PRIM found no box: {}": "PRIM 未找到区域：{0}",
    "outcome '{}': values of shape {} for {} policies; give (policies, futures)": (
        "指标“{0}”：{2} 个政策的数值形状为 {1}；应为（政策，情形）"
    ),
    "outcome '{}': better = {}; say which is better, 'low' or 'high'": (
        "指标“{0}”：better = {1}；请写明 'low' 或 'high' 为优"
    ),
    "target of '{}': operator {}; choose one of {}": "“{0}”的目标：运算符 {1}；可取 {2}",
    "runs: the same scenario, sample and seed appear twice": (
        "runs：同一情景、样本与随机种子出现了两次"
    ),
    "runs: no column '{}'{}": "runs：没有列“{0}”{1}",
    "reference '{}' was not run{}": "参照情景“{0}”未曾运行{1}",
    # optimisation and attribution
    "outcome '{}' has no direction that is better": "指标“{0}”没有优劣方向",
    "'{}' is no lever: a policy cannot set it": "“{0}”不是政策参数：政策无法设定",
    "generations, seeds and fresh seeds from 1, population from 4": (
        "搜索轮数、随机种子数与复核种子数不小于 1，每轮组合数不小于 4"
    ),
    "no mix has all objectives defined (was anybody audited?): name other outcomes, or take a "
    "longer horizon or a larger park": (
        "没有一个组合的各项目标都有定义（是否有企业接受审核？）：请另选指标，或延长时间范围、扩大园区"
    ),
    "no mix keeps within the budget of {} CNY; allow more": (
        "没有组合能控制在 {0} 元的预算之内；请放宽预算"
    ),
    "by = {}: choose group or lever{}": "by = {0}：可取 group 或 lever{1}",
    "{} instruments make {} subsets; at most {} are possible: group them (by = 'group')": (
        "{0} 项措施有 {1} 个子集；最多 {2} 个：请分组（by = 'group'）"
    ),
}
"""What cleanpark itself says."""

OTHERS: dict[str, str] = {
    # what the operating system says of files
    "No such file or directory": "没有该文件或文件夹",
    "Permission denied": "没有权限",
    "Is a directory": "是文件夹",
    "Not a directory": "不是文件夹",
    "File exists": "已存在",
    "File name too long": "文件名过长",
    "File too large": "文件过大",
    "No space left on device": "磁盘已满",
    "Disk quota exceeded": "磁盘配额已满",
    "Read-only file system": "文件系统只读",
    "Directory not empty": "文件夹非空",
    "Too many open files": "打开的文件过多",
    "Input/output error": "读写错误",
    "{}：无法写入（{}）": "{0}：无法写入（{1}）",  # said in Chinese but for the system's reason
    "[Errno {}] {}: '{}'": "{1}",
    "No columns to parse from file": "文件中没有列",
    # tomllib
    "{} (at line {}, column {})": "{0}（第 {1} 行第 {2} 列）",
    "{} (at end of document)": "{0}（文件末尾）",
    "Invalid value": "值无效",
    "Invalid statement": "语句无效",
    "Invalid date or datetime": "日期或时间无效",
    "Invalid hex value": "十六进制值无效",
    "Invalid initial character for a key part": "键的首字符无效",
    "Cannot declare {} twice": "{0} 重复声明",
    "Cannot overwrite a value": "同一个键重复赋值",
    "Cannot mutate immutable namespace {}": "不能修改已写定的表 {0}",
    "Cannot redefine namespace {}": "不能重复定义表 {0}",
    "Duplicate inline table key {}": "行内表中的键 {0} 重复",
    "Expected '=' after a key in a key/value pair": "键之后缺少等号",
    "Expected ']' at the end of a table declaration": "表名之后缺少 ]",
    "Expected ']]' at the end of an array declaration": "表数组名之后缺少 ]]",
    "Expected newline or end of document after a statement": "语句之后应换行或结束",
    "Expected {}": "缺少 {0}",
    "Found invalid character {}": "有无效字符 {0}",
    "Illegal character {}": "有不允许的字符 {0}",
    "Escaped character is not a Unicode scalar value": "转义字符不是有效的 Unicode 字符",
    "Unescaped '\\' in a string": "文字中的反斜杠未转义",
    "Unclosed array": "数组没有结束",
    "Unclosed inline table": "行内表没有结束",
    "Unterminated string": "文字没有结束（缺少引号）",
    # csv, dates
    "unexpected end of data": "数据意外结束（引号未闭合）",
    "line contains NUL": "行中含空字符",
    "'{}' expected after '{}'": "“{1}”之后应为“{0}”",
    "field larger than field limit ({})": "单元格过长（上限 {0} 个字符）",
    "new-line character seen in unquoted field - do you need to open the file with newline=''?": (
        "未加引号的单元格中有换行"
    ),
    "day is out of range for month": "该月没有这一日",
    "month must be in 1..12": "月份应为 1 至 12",
    "month must be in 1..12, not {}": "月份应为 1 至 12，而不是 {0}",
    "day {} must be in range 1..{} for month {} in year {}": "{3} 年 {2} 月只有 1 至 {1} 日",
    "year {} is out of range": "年份 {0} 超出范围",
    # pydantic, as scenarios.reading words it
    "must be a valid string": "应为文字",
    "must be a valid number": "应为数",
    "must be a valid number, unable to parse string as a number": "应为数",
    "must be a valid integer": "应为整数",
    "must be a valid integer, unable to parse string as an integer": "应为整数",
    "must be a valid integer, got a number with a fractional part": "应为整数，不得带小数",
    "Unable to parse input string as an integer, exceeded maximum size": "整数位数过多",
    "must be a valid boolean": "应为 true 或 false",
    "must be a valid boolean, unable to interpret input": "应为 true 或 false",
    "must be a valid dictionary": "应为表，写作 {{ 键 = 值 }}",
    "must be a valid dictionary or instance of {}": "应为表，写作 {{ 键 = 值 }}",
    "must be a valid tuple": "应为数组，写作 [ ... ]",
    "must be a valid list": "应为数组，写作 [ ... ]",
    "must be {} or {}": "应为 {0} 或 {1}",
    "must be greater than {}": "应大于 {0}",
    "must be greater than or equal to {}": "应不小于 {0}",
    "must be less than {}": "应小于 {0}",
    "must be less than or equal to {}": "应不大于 {0}",
    "Field required": "缺失",
    "String should match pattern '{}'": "文字须符合格式 {0}",
    "Keys should be strings": "键应为文字",
    "String should have at least {} character": "文字至少 {0} 个字符",
    "String should have at least {} characters": "文字至少 {0} 个字符",
    "{} should have at least {} item after validation, not {}": "至少 {1} 项，而不是 {2} 项",
    "{} should have at least {} items after validation, not {}": "至少 {1} 项，而不是 {2} 项",
    "{} should have at most {} item after validation, not {}": "最多 {1} 项，而不是 {2} 项",
    "{} should have at most {} items after validation, not {}": "最多 {1} 项，而不是 {2} 项",
    # Typer
    "Missing argument {}.": "缺少参数 {0}",
    "Missing argument {}. {}": "缺少参数 {0}；{1}",
    "Missing option {}.": "缺少选项 {0}",
    "Missing option {}. {}": "缺少选项 {0}；{1}",
    "Missing command.": "缺少命令",
    "No such option: {}": "没有选项 {0}",
    "No such option: {} (Possible options: {})": "没有选项 {0}（可能是：{1}）",
    "No such option: {} Did you mean {}?": "没有选项 {0}；是否想写 {1}？",
    "No such option '{}'.": "没有选项 {0}",
    "No such option '{}'. Did you mean '{}'?": "没有选项 {0}；是否想写 {1}？",
    "No such option '{}'. (Possible options: {})": "没有选项 {0}（可能是：{1}）",
    "No such command '{}'.": "没有命令“{0}”",
    "No such command '{}'. Did you mean '{}'?": "没有命令“{0}”；是否想写“{1}”？",
    "No such command '{}'. Did you mean {}?": "没有命令“{0}”；是否想写其中之一：{1}？",
    "Option '{}' requires an argument.": "选项 {0} 之后缺少值",
    "Option '{}' requires {} arguments.": "选项 {0} 之后须有 {1} 个值",
    "Option '{}' does not take a value.": "选项 {0} 不带值",
    "Argument '{}' takes {} values.": "参数 {0} 须有 {1} 个值",
    "Got unexpected extra argument ({})": "多余的参数：{0}",
    "Got unexpected extra arguments ({})": "多余的参数：{0}",
    "Got unexpected extra argument(s) ({})": "多余的参数：{0}",
    "Invalid value: {}": "值无效：{0}",
    "Invalid value for {}: {}": "{0} 的值无效：{1}",
    "'{}' (env var: '{}')": "'{0}'（环境变量 {1}）",
    "Value error, {}": "{0}",
    "{} is not a valid integer.": "{0} 不是整数",
    "{} is not a valid int.": "{0} 不是整数",
    "{} is not a valid float.": "{0} 不是数",
    "{} is not a valid boolean.": "{0} 不是 true 或 false",
    "Value {} is not a valid {}.": "{0} 不是有效的值",
    "{} is not one of {}.": "没有 {0}，可取 {1}",
    "Value must be an iterable.": "应为多个值",
}
"""What Python, pydantic and Typer say inside or instead of a message of cleanpark."""

WORDS: dict[str, str] = {
    "cleanpark's version": "cleanpark 的版本",
    "cleanpark's code or data, changed since": "cleanpark 的程序或数据（其后有改动）",
    "the function's source": "函数的源代码",
    "medium in limit_ratio": "限值比（limit_ratio）介质",
    "medium in rates": "税额（rates）介质",
    "flow": "排放或资源项",
    "uncertainty": "不确定参数",
    "lever": "政策参数",
    "none": "无",
    "parameters": "参数",
    "method": "方法",
    "version": "版本",
    "seeds": "随机种子",
    "quarters": "季度数",
    "outcomes": "指标",
    "scenarios": "情景",
    "scenario": "情景",
    "parks": "园区",
    "samples": "样本数",
    "history": "历史",
    "engine": "计算引擎",
    "start": "起始季度",
    "over_time": "逐季输出",
    "enterprises": "企业数",
    "names": "名称",
    "function": "函数",
    "objectives": "目标",
    "budget": "预算",
    "population": "每轮组合数",
    "search_seed": "搜索的随机种子",
    "design_seed": "设计的随机种子",
    "base_samples": "基础样本数",
    "second_order": "两两交互",
    "grouped": "分组",
}
"""Words that are translated only where a template asks for `words`: most are names too."""

UNITS: dict[str, str] = {
    "10,000 CNY": "万元",
    "CNY": "元",
    "CNY per equivalent": "元/当量",
    "CNY/m3": "元/立方米",
    "CNY/t": "元/吨",
    "CNY/tce": "元/吨标准煤",
    "audits per 100 enterprises and quarter": "次/百家企业·季",
    "teams per 100 enterprises": "组/百家企业",
    "days": "天",
    "elasticity": "弹性",
    "elasticity per year": "每年弹性",
    "factor": "倍数",
    "ln": "对数",
    "logit": "对数几率",
    "per unit of ratio": "每单位比值",
    "points": "分",
    "quarters": "季度",
    "ratio": "比值",
    "share": "比例",
    "share of output": "产值占比",
    "share of yearly output": "年产值占比",
    "share per quarter": "每季比例",
    "share per year": "每年比例",
    "violations": "次",
    "tce": "吨标准煤",
    "m3": "立方米",
    "kg": "千克",
    "t": "吨",
}
"""Units of parameters and of columns."""

_VALUE = r"( = (?:\{.*\}|\[.*\])|.*?)"
_HINT = r"(; did you mean .*?\?|)"
_NUMBER = r"([\d.,eE+-]+)"
_MOST_SPLITS = 20
"""A text with more parts than this is a list of names, not a message."""
_SEPARATORS = {": ": "：", ", ": "，", "; ": "；"}


class _Part(str):
    """What a message fills in, as a Chinese template asks for it."""

    __slots__ = ()

    def __format__(self, kind: str) -> str:
        text = str(self)
        if kind == "unit":
            return UNITS.get(text, text)
        return _listed(text) if kind == "words" else _said(text) or text


def _listed(text: str) -> str:
    """A list in words: `parameters, method` as `参数、方法`."""
    known = "|".join(re.escape(word) for word in WORDS)
    items = re.findall(f"({known}|.+?)(?:, | or | and |$)", text)
    return "、".join(WORDS.get(item, item) for item in items)


def in_chinese(message: str) -> str:
    """A message in Chinese; of several lines each by itself, as far as it is known.

    A cell of a table may hold a line break: only where lines are no messages is the whole tried.
    """
    lines = message.split("\n")
    whole = None if all(map(_said, lines)) else _by_template(message)
    return whole or "\n".join(_said(line) or line for line in lines)


@functools.cache
def _said(text: str) -> str | None:
    """The text in Chinese: as one template, else its parts between colons, commas, semicolons."""
    return _by_template(text) or _by_parts(text)


@functools.cache
def _by_template(text: str) -> str | None:
    """The text in Chinese if a template fits it as a whole, the one with most words first."""
    for english in _by_length():
        pieces = _literals(english)
        if all(piece in text for piece in pieces) and (match := _pattern(english).fullmatch(text)):
            return (OWN.get(english) or OTHERS[english]).format(*map(_Part, match.groups("")))
    return None


def _by_parts(text: str) -> str | None:
    """Head and tail in Chinese, split beside a part that is a message; None where none is.

    Of several places to split, the one that leaves least English is taken.
    """
    found = []
    for place in itertools.islice(re.finditer(": |, |; ", text), _MOST_SPLITS):
        head, tail = text[: place.start()], text[place.end() :]
        if _by_template(head) or _by_template(tail):
            found.append(f"{_said(head) or head}{_SEPARATORS[place[0]]}{_said(tail) or tail}")
    return min(found, key=lambda one: len(re.findall("[A-Za-z]", one)), default=None)


@functools.cache
def _by_length() -> list[str]:
    return sorted({**OTHERS, **OWN}, key=lambda one: -len("".join(_literals(one))))


@functools.cache
def _literals(english: str) -> list[str]:
    """The words of a template between what it fills in."""
    return [part.replace("{{", "{").replace("}}", "}") for part in english.split("{}")]


@functools.cache
def _pattern(english: str) -> re.Pattern[str]:
    """The regular expression of a template."""
    literals = _literals(english)
    short = sum(letter.isalpha() for literal in literals for letter in literal) < 3
    between = _NUMBER if short else ""
    groups = [between or one for one in _groups(literals)]
    parts = [re.escape(literals[0])]
    for group, literal in zip(groups, literals[1:], strict=True):
        parts += [group, re.escape(literal)]
    return re.compile("".join(parts), re.DOTALL)


def _groups(literals: list[str]) -> Iterator[str]:
    """What each placeholder may hold.

    Right behind another a hint, right behind a key its value, inside quotes no quote.
    """
    for place, (before, behind) in enumerate(itertools.pairwise(literals)):
        if place and not before:
            yield _HINT
        elif before == "'" and behind.startswith(": "):
            yield _VALUE
        elif before.endswith("'") and behind.startswith("'"):
            yield "([^']*)"
        else:
            yield "(.*?)"
