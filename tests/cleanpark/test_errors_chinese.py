"""Errors under --language zh: none is left in English."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cleanpark.analysis.words.language import Language
from cleanpark.scenarios.errors import InputError, Listed, Message
from cleanpark.scenarios.levers import levers
from tests.cleanpark.terminal import SHORT, typed

HEAD = 'name = "mine"\ntitle = { zh = "我的", en = "Mine" }\nsource = "test"\n'
ROWS = "id,sector,output (万元)\n"


def test_parts_of_a_message_are_told_too() -> None:
    chinese = Language("zh")
    with pytest.raises(InputError) as caught:
        levers()["fine"].code("20")
    assert chinese.say(caught.value) == "'20' 不是数：应为 0～100 的数（单位：万元）"
    names = Listed(map(Message, ["cleanpark's code or data, changed since", "method"]))
    problem = InputError("{folder}: holds another study (it differs in {differs}); name another "
                         "folder or say --replace", folder="out", differs=names)  # fmt: skip
    assert "cleanpark 的程序或数据（其后有改动）、方法" in chinese.say(problem)


MISTAKES = {
    "unknown scenario": ("compare voluntry", "未知情景“voluntry”；是否想写“voluntary”？"),
    "unknown province": ("tax --discharge cod=2 --province Jiangsoo", "未知省份“Jiangsoo”"),
    "a quarter out of reach": (
        'run --set fine={"2099-Q1"=20}',
        "不在 2026-Q1～2060-Q4 的时间范围",
    ),
    "a choice": (
        "run --set audit_mode=sometimes",
        "政策参数“audit_mode”：'sometimes' 不可用：可取：none、voluntary",
    ),
    "a park": ("compare --park mixd", "未知园区“mixd”；是否想写“mixed”？"),
    "a setting": ("run --set fine", "请写作 参数=数值"),
    "samples": (
        "study sobol no-policy --samples 100 --output {out}",
        "样本数须为 2 的幂；请取 64 或 128",
    ),
    "an outcome": ("study morris no-policy --outcomes compliance_tru --output {out}", "未知指标"),
    "a parameter": ("study morris no-policy --parameters fin --output {out}", "未知参数“fin”"),
    "a criterion": (
        "discover no-policy --fails compliance_true=3 --output {out}",
        "判据“compliance_true=3”",
    ),
    "a missing file": ("compare nofile.toml", "nofile.toml：没有该情景文件"),
    "a missing park": ("compare --park nofile.csv", "nofile.csv：无法读取（没有该文件或文件夹）"),
    "a missing design": (
        "study rows mandatory --design nofile.csv",
        "nofile.csv：无法读取（没有该文件或文件夹）",
    ),
    "no folder": ("scenarios new /nowhere/at/all.toml", "无法写入（没有该文件或文件夹）"),
    "no study": ("report {out}", "没有结果（缺少 run.json"),
    "seeds": ("compare --seeds 0", "seeds = 0"),
    "an argument": (
        "scenarios show",
        "缺少参数 SCENARIO|FILE（用法见 root scenarios show --help）",
    ),
    "an option": ("compare --sedes 3", "没有选项 --sedes；是否想写“--seeds”？"),
    "a command": ("scenarios shov", "没有命令“shov”；是否想写“show”？"),
    "a word too much": ("scenarios show voluntary more", "多余的参数：more"),
    "no number": ("compare --seeds many", "--seeds，“many”：应为整数"),
    "no engine": (
        "compare --engine fast",
        "--engine：没有“fast”；是否想写“auto”？（可取：auto、agents、compiled）",
    ),
    "no value": ("compare --seeds", "选项 --seeds 之后缺少值"),
}


def told(*words: str) -> str:
    """What a command that must be refused says in Chinese."""
    result = typed("--language", "zh", *words)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert result.stderr.startswith("错误：")
    return result.stderr


def refuse_english(message: str) -> None:
    """Fail on two English words in a row: a list of names has commas or dashes between them."""
    free = re.sub(r"(cleanpark|root) [a-z ]*(--help)?|'[^']*'|“[^”]*”|\{[^}]*\}", "", message)
    free = re.sub(r"--\S+ \S+|worse than reference", "", free)
    assert not re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}", free), message
    assert not re.search(r"(?<![\w-])(must|unknown|missing|the|is|not|to|or|and)(?![\w-])", free), (
        message
    )


@pytest.mark.parametrize("what", MISTAKES)
def test_a_mistake_typed(what: str, tmp_path: Path) -> None:
    words, said = MISTAKES[what]
    message = told(*[word.format(out=tmp_path / "out") if word == "{out}" else word
                     for word in words.split()])  # fmt: skip
    assert said in message
    refuse_english(message)
    assert message.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.toml", f"{HEAD}[levers]\nfinee = 3\n", "第 5 行，键“finee”：未知的政策参数"),
        ("a.toml", f"{HEAD}[levers]\nfine = 1000\n", "1000 超出范围：应为 0～100 的数"),
        ("a.toml", f"{HEAD}[levers]\nfine = {{}}\n", "未给出日期"),
        ("a.toml", "name = ", "TOML 格式有误：值无效（文件末尾）"),
        ("a.toml", f"{HEAD}titel = 3\n", "键“titel”：未知的键；是否想写“title”？"),
        ("a.toml", 'title = "x"\n', "键“name”：缺失"),
        ("a.toml", HEAD.replace('"test"', "3"), "键“source” = 3：应为文字"),
        (
            "a.toml",
            'title = "A"\nname = ["a"]\nsource = "b"',
            "键“name” = ['a']：应为文字",
        ),
        ("a.toml", f'{HEAD}extends = "b.toml"\n', "没有该情景文件"),
        ("a.csv", "", "文件为空；须有以下列"),
        ("a.csv", ROWS, "只有表头，没有企业"),
        ("a.csv", f"{ROWS}A,food,-10\n", "第 2 行，列“output (万元)”：“-10”：不得为负"),
        ("a.csv", f"{ROWS}A,foot,10\n", "列“sector”：“foot”：未知行业；是否想写“food”？"),
        ("a.csv", f"{ROWS}A,food,1\nA,food,2\n", "该企业编号已见于第 2 行"),
        ("a.csv", "id,sector,output (tonnes)\nA,food,10\n", "单位“tonnes”应为年度数量"),
        ("a.csv", "id,output\nA,10\n", "缺少列 sector"),
    ],
)
def test_a_mistake_in_a_file(tmp_path: Path, name: str, text: str, said: str) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    words = (str(file),) if name == "a.toml" else ("tax-only", "--park", str(file))
    message = told("compare", *words, *SHORT)
    assert said in message
    assert str(file) in message
    refuse_english(message.replace(str(tmp_path), ""))


def test_in_english_nothing_changes() -> None:
    assert "unknown scenario 'voluntry'; did you mean" in typed("run", "voluntry").stderr
    assert "there is no option --nonsense" in typed("compare", "--nonsense").stderr


def test_marks_between_faults_are_the_readers() -> None:
    hint = Message("; did you mean '{name}'?", name="fine")
    one = Message("key '{key}': unknown key{hint}", key="fnie", hint=hint)
    faults = Listed([one, Message("key '{key}': missing", key="name")], "; ")
    assert Language("zh").say(faults) == "键“fnie”：未知的键；是否想写“fine”？键“name”：缺失"
    assert str(faults) == "key 'fnie': unknown key; did you mean 'fine'? key 'name': missing"


def test_places_in_files_are_told_in_chinese(tmp_path: Path) -> None:
    ledger, ranges = tmp_path / "a.csv", tmp_path / "r.toml"
    ledger.write_text("pollutant,amount\ncod,x\n", encoding="utf-8")
    told = typed("--language", "zh", "tax", "--province", "jiangsu", "--file", str(ledger)).stderr
    assert "a.csv，第 2 行" in told
    ranges.write_text("[fine]\nrange = [40, 5]\n", encoding="utf-8")
    words = ("study", "morris", "mandatory", "--parameters", "fine", "--ranges", str(ranges))
    told = typed("--language", "zh", *words, "--output", str(tmp_path / "o")).stderr
    assert "r.toml，[fine]" in told
