using System;
using System.Net;

namespace Harnwick.Tools
{
    /// <summary>Maps the failure of a request to a help text.</summary>
    public static class ProxyProbe
    {
        public static string Explain(WebException ex)
        {
            var http = ex.Response as HttpWebResponse;
            if (http != null)
            {
                switch ((int)http.StatusCode)
                {
                    case 403: return "The remote server returned an error: (403) Forbidden.";
                    case 407: return "The remote server returned an error: (407) Proxy Authentication Required.";
                    case 502: return "The remote server returned an error: (502) Bad Gateway.";
                }
            }
            if (ex.Status == WebExceptionStatus.NameResolutionFailure)
                return "The remote name could not be resolved: '" + host + "'";
            if (ex.Status == WebExceptionStatus.ConnectFailure)
                return "Unable to connect to the remote server";
            if (ex.Status == WebExceptionStatus.TrustFailure)
                throw new InvalidOperationException("Could not establish trust relationship for the SSL/TLS secure channel.", ex);
            return ex.Message;
        }
    }
}
