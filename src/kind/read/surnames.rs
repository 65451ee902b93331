//! Recognizes words that look like a person's name.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::kind::normalize::is_han;

/// Single-character surnames, common ones first. Without one of them a word is not recognized as a name.
const SINGLE_SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜\
崔萧钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔\
伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁\
蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙\
荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅\
屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银\
亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由";

/// Two-character surnames.
const DOUBLE_SURNAMES: &str = "\
    欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 夏侯 端木 长孙 宇文 独孤 南宫 \
    百里 东郭 呼延 轩辕 钟离 闻人 澹台 公冶 淳于 太史 申屠 公羊 赫连 万俟 司空 西门 第五";

/// Titles that follow a surname.
const TITLES: &str = "\
    总工程师 工程师 董事长 总经理 副总 主任 经理 厂长 部长 科长 处长 院长 局长 书记 总工 班长 \
    所长 站长 老师 先生 女士 校长 矿长 队长 主管 会计 师傅 助理 秘书 主席 总 工 处 局 科 \
    矿 董 姐 哥 叔 博士 教授 专工 组长 段长";

/// Common business words that start like a surname.
const BUSINESS_WORDS: &str = "\
    马上 方案 方式 方面 方便 安全 安装 安排 成本 成果 成功 计划 计算 全部 全套 全年 全厂 \
    周一 周二 周三 周四 周五 周六 周日 周末 周期 何时 常规 常用 常年 高压 高度 高层 白天 \
    白班 时间 时限 平时 平均 包括 包装 任何 任务 项目 程序 关于 关键 许可 应急 应收 金额 \
    单价 单位 单独 合计 年底 相关 相同 利润 信息 信件 商务 商谈 路费 车费 房费 管理 连续 \
    连接 国产 国家 国网 海外 明年 明天 明细 明确 原因 原厂 原件 来电 来函 来访 公司 公开 \
    公告 元旦 权限 海运 南厂 北厂 东厂 西厂 水厂 石化 电厂 武汉 南京 南方 华东 华北 华南 \
    江苏 江西 云南 海南 广东 山东 温度 文件 文本 付款 付清 空运 边界 和 谈判 谈妥 解决 查收 \
    查实 封闭 支付 支持 费用 平台 初步 初稿 定稿 都要 都有 容量 相机 丰水期 干部 信用 经理 \
    主任 厂长 部长 花费 强制 盖章 印章 简单 简报 易损 曾经 甘特图 向上 向下 向好 毛利 石油 \
    古城 景区 连夜 官方 阳历 农历 闭环 由我 由我方";

/// [`WORDS`] as a set.
static BUSINESS_WORD_SET: LazyLock<HashSet<&str>> = LazyLock::new(|| BUSINESS_WORDS.split_whitespace().collect());

fn titles() -> impl Iterator<Item = &'static str> {
    TITLES.split_whitespace()
}

/// Whether a word looks like a person: a surname with one or two more characters, or with a title; `老郑`, `小王`; a name
/// with a note in brackets, with `·`, or as a link.
pub(in crate::kind) fn is_name_like(word: &str) -> bool {
    let word = word.trim().trim_start_matches('@');
    if word.starts_with("[[") && word.ends_with("]]") {
        return word.len() > 4;
    }
    let name = word.split_once(['（', '(']).map_or(word, |(name, _)| name.trim_end());
    let noted = name.len() < word.len();
    if noted && !word.ends_with(['）', ')']) {
        return false;
    }
    let count = name.chars().count();
    if name.contains('·') {
        return count <= 20 && name.chars().all(|c| c == '·' || is_han(c)) && !name.starts_with('·') && !name.ends_with('·');
    }
    if !(2..=6).contains(&count) || !name.chars().all(is_han) || BUSINESS_WORD_SET.contains(name) {
        return false;
    }
    let known = |c: char| SINGLE_SURNAMES.contains(c);
    let mut chars = name.chars();
    let (first, second) = (chars.next().unwrap_or(' '), chars.next().unwrap_or(' '));
    // The list separates surnames with blanks, so two adjacent Han characters in it are a whole surname.
    let family = first.len_utf8() + second.len_utf8();
    if DOUBLE_SURNAMES.contains(&name[..family]) {
        return (3..=4).contains(&count) || titles().any(|title| &name[family..] == title);
    }
    if matches!(first, '老' | '小' | '阿') && known(second) {
        return count <= 3;
    }
    let given = &name[first.len_utf8()..];
    known(first)
        && (count <= 3 || titles().any(|title| given.ends_with(title) && given.chars().count() <= title.chars().count() + 1))
}

#[cfg(test)]
mod tests {
    use super::is_name_like;

    #[test]
    fn names_and_titles_are_recognized() {
        for name in [
            "周岚",
            "沈丽萍",
            "欧阳晴",
            "邱总",
            "沈主任",
            "沈副主任",
            "魏总工",
            "老郑",
            "小王",
            "王磊（处长）",
            "郑国平(班长)",
            "阿依古丽·买买提",
            "[[邱志远]]",
            "@周岚",
            "蒋工",
        ] {
            assert!(is_name_like(name), "{name}");
        }
    }

    #[test]
    fn non_names_are_rejected() {
        for word in [
            "尽快",
            "技术要求",
            "马上",
            "厂里三人",
            "方案",
            "3人",
            "周",
            "周岚负责",
            "PLC",
            "大学同学",
            "大家",
            "（班长）",
            "",
            "王磊（处长",
        ] {
            assert!(!is_name_like(word), "{word}");
        }
    }
}
