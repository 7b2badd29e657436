// group proxy script, servers
function FindProxyForURL(url, host) {
  var open = [".microsoft.com", ".windows.net", ".digicert.com", ".msauth.net", ".msftauth.net"];
  host = host.toLowerCase();
  if (isPlainHostName(host) || isInNet(dnsResolve(host), "10.0.0.0", "255.0.0.0")) return "DIRECT";
  if (host == "login.microsoftonline.com" || host == "secure.aadcdn.microsoftonline-p.com") {
    return "PROXY proxy.grp.example:3128";
  }
  for (var i = 0; i < open.length; i++) {
    if (dnsDomainIs(host, open[i])) return "PROXY proxy.grp.example:3128";
  }
  return "PROXY 127.0.0.1:9";
}
