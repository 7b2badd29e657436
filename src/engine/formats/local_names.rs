//! Column names and verdicts in scripts other than Latin, as consoles in Chinese and Japanese export them. Names in
//! Latin letters stand in the one table of [`super::fields`].

use super::fields::Field as F;
use super::verdict::Verdict;

/// Names of one meaning, with blanks between them, the field, and its rank as in [`super::fields::Synonym`]. As the
/// consoles of gateways common in China, Taiwan and Japan print them; compiled 2026-11, not confirmed for each product.
pub const NAMES: &[(&str, F, u8)] = &[
    ("时间 時間 日期时间 日期時間 访问时间 記錄時間 记录时间 发生时间 产生时间 日時 時刻 タイムスタンプ", F::When, 7),
    ("日期 日付", F::Date, 7),
    (
        "域名 目标域名 目的域名 访问域名 主机名 网站域名 網域 網域名稱 主機名稱 ホスト名 ホスト ドメイン ドメイン名 接続先",
        F::Host,
        7,
    ),
    ("网址 URL地址 访问网址 访问地址 链接 網址 URL網址 アクセス先", F::Url, 7),
    (
        "源IP 源地址 源IP地址 客户端IP 客户端地址 客户端 终端IP 终端地址 主机IP 内网IP 來源IP 來源位址 用戶端IP",
        F::Client,
        7,
    ),
    ("送信元 送信元IP 送信元アドレス クライアント クライアントIP", F::Client, 7),
    ("目的IP 目的地址 目的IP地址 目标IP 目标地址 服务器IP 目的位址 目標IP 宛先IP 宛先アドレス 宛先", F::Address, 7),
    ("目的端口 目标端口 服务端口 端口 目的埠 目的連接埠 宛先ポート ポート", F::Port, 7),
    ("用户 用户名 登录名 帐号 账号 使用者 使用者名稱 帳號 ユーザー ユーザー名 ユーザ名", F::User, 6),
    (
        "动作 处理动作 执行动作 策略动作 控制动作 处置 处置动作 处理结果 拦截结果 访问结果 動作 處理動作 アクション",
        F::Verdict,
        7,
    ),
    ("操作 结果 結果 处理 判定", F::Verdict, 5),
    ("状态码 响应码 返回码 HTTP状态码 狀態碼 ステータスコード ステータス", F::Status, 7),
    (
        "网站分类 URL分类 分类 类别 应用分类 策略 策略名称 规则 规则名称 原因 拦截原因 類別 分類 網站分類 原則 カテゴリ カテゴリー ポリシー 理由",
        F::Reason,
        4,
    ),
    ("请求方法 方法 請求方法 メソッド", F::Method, 6),
    ("上行流量 发送字节 发送流量 上传流量 送信バイト数", F::Sent, 6),
    ("下行流量 接收字节 接收流量 下载流量 受信バイト数", F::Received, 6),
];

/// What a word outside ASCII says about an ending. European words are here too: `verweigert` is ASCII, `refusé` is not.
pub fn verdict(text: &str) -> Option<Verdict> {
    const DENY: &[&str] = &[
        "拒绝",
        "已拒绝",
        "拒绝访问",
        "阻断",
        "已阻断",
        "阻止",
        "已阻止",
        "拦截",
        "已拦截",
        "丢弃",
        "封堵",
        "禁止",
        "禁止访问",
        "拒絕",
        "已拒絕",
        "封鎖",
        "已封鎖",
        "阻擋",
        "攔截",
        "丟棄",
        "拒否",
        "遮断",
        "ブロック",
        "禁止アクセス",
        "破棄",
        "refusé",
        "rejeté",
        "bloqué",
        "refusée",
        "bloquée",
        "rejetée",
    ];
    const ALLOW: &[&str] = &[
        "允许",
        "已允许",
        "放行",
        "已放行",
        "通过",
        "允許",
        "已允許",
        "通過",
        "許可",
        "記録のみ",
        "仅记录",
        "记录",
        "autorisé",
        "autorisée",
        "accepté",
        "acceptée",
    ];
    let text = text.to_lowercase();
    if DENY.contains(&text.as_str()) {
        Some(Verdict::Deny)
    } else if ALLOW.contains(&text.as_str()) {
        Some(Verdict::Allow)
    } else {
        None
    }
}
