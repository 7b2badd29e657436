function FindProxyForURL(url, host)
{
  if (isPlainHostName(host)) return "DIRECT";
  if (isInNet(host, "10.0.0.0", "255.0.0.0")) return "DIRECT";
  return "PROXY proxy.ashdown.example:8080; PROXY proxy2.ashdown.example:8080";
}
