using System.Net;
using PhotoStudio.Api.Pictures.Egress;
using PhotoStudio.Core.Operations;
using PhotoStudio.Core.Webhooks;

namespace PhotoStudio.Api.Webhooks;

/// <summary>Where messages may go. Names are resolved, and their addresses checked, when a connection is made.</summary>
internal static class WebhookUrls
{
    /// <summary>The field of a call that says where the end of its job is told.</summary>
    public const string Field = "webhook_url";

    /// <summary>Checks what a URL says by itself; null when it is absent, or with a fault.</summary>
    public static string? Read(string? text, string field, EgressGate gate, FaultList faults)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (Fault(text.Trim(), gate) is not { } fault) return text.Trim();
        faults.Add(field, fault);
        return null;
    }

    private static string? Fault(string text, EgressGate gate)
    {
        if (text.Length > Webhook.MaxUrlLength) return $"must have at most {Webhook.MaxUrlLength} characters.";
        if (text.StartsWith('/') || !Uri.TryCreate(text, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
            return "must be an absolute http or https URL.";
        if (url.UserInfo.Length > 0) return "must not carry credentials.";
        if (url.Fragment.Length > 0) return "must not have a fragment.";
        if (!gate.AllowsPort(url.Port)) return $"names port {url.Port}, to which nothing is sent.";
        return IPAddress.TryParse(url.IdnHost.Trim('[', ']'), out var address) && !gate.Allows(address) ? "names an address that is not public." : null;
    }
}
