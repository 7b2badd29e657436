function FindProxyForURL(url, host) {
    // O365 local breakout, agreed with networks 2025-09
    if (isPlainHostName(host) || dnsDomainIs(host, ".wessel.example"))
        return "DIRECT";
    if (shExpMatch(host, "*.microsoftonline.com") || shExpMatch(host, "*.windows.net") ||
        shExpMatch(host, "*.msauth.net"))
        return "DIRECT";
    return "PROXY px.wessel.example:8080";
}
