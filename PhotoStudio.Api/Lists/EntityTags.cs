using Microsoft.Net.Http.Headers;

namespace PhotoStudio.Api.Lists;

/// <summary>Entity tags of details, whose text is never the same twice because the URLs in it are signed anew each time.</summary>
internal static class EntityTags
{
    /// <summary>
    /// A weak tag over what a detail says, which changes with the calendar day as well: nobody is left with URLs that have expired.
    /// </summary>
    public static EntityTagHeaderValue Of(TimeProvider time, params ReadOnlySpan<object?> parts) =>
        new($"\"{string.Join('-', [.. parts.ToArray().Select(part => $"{part}"), $"{time.GetUtcNow():yyyyMMdd}"])}\"", isWeak: true);

    /// <summary>Sends the tag and says whether the client has this version already (RFC 9110, If-None-Match: weak comparison).</summary>
    public static bool IsKnown(HttpContext http, EntityTagHeaderValue tag)
    {
        http.Response.Headers.ETag = tag.ToString();
        http.Response.Headers.CacheControl = "private, no-cache";
        var known = http.Request.GetTypedHeaders().IfNoneMatch;
        return known.Any(candidate => candidate.Tag == "*" || candidate.Compare(tag, useStrongComparison: false));
    }
}
