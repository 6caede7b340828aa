using System.Globalization;
using Microsoft.Net.Http.Headers;
using PhotoStudio.Api.Problems;

namespace PhotoStudio.Api.Lists;

/// <summary>Entity tags of details, whose text is never the same twice because the URLs in it are signed anew each time.</summary>
internal static class EntityTags
{
    private const string VersionMark = "v";

    /// <summary>
    /// A weak tag over what a detail says, which changes with the calendar day as well: nobody is left with URLs that have expired.
    /// </summary>
    public static EntityTagHeaderValue Of(TimeProvider time, params ReadOnlySpan<object?> parts) =>
        new($"\"{string.Join('-', [.. parts.ToArray().Select(part => $"{part}"), $"{time.GetUtcNow():yyyyMMdd}"])}\"", isWeak: true);

    /// <summary>
    /// A tag of a thing that is changed with <c>If-Match</c>: its version first. It is weak because URLs are signed anew, and what else
    /// the detail shows may change without a new version.
    /// </summary>
    public static EntityTagHeaderValue OfVersion(TimeProvider time, long version, params ReadOnlySpan<object?> rest) =>
        Of(time, [$"{VersionMark}{version}", .. rest]);

    /// <summary>The version that <c>If-Match</c> names; null without one, and for <c>*</c>.</summary>
    /// <exception cref="ProblemException">412: the header names no version of this studio's making.</exception>
    /// <remarks>
    /// RFC 9110 compares strongly here, which would never match a weak tag. What is compared is the version, and that is exact.
    /// </remarks>
    public static long? VersionToMatch(HttpRequest request)
    {
        if (request.Headers.IfMatch.Count == 0) return null;
        var tags = request.GetTypedHeaders().IfMatch;
        if (tags.Any(tag => tag.Tag == "*")) return null;
        foreach (var tag in tags)
        {
            var text = tag.Tag.AsSpan().Trim('"');
            var end = text.IndexOf('-');
            if (text.StartsWith(VersionMark) && long.TryParse(end < 0 ? text[1..] : text[1..end], NumberStyles.None, CultureInfo.InvariantCulture, out var version))
                return version;
        }

        throw StudioProblem.Of(ProblemCode.PreconditionFailed, "If-Match names no version. Send the ETag of the detail as it was handed out.").ToException();
    }

    /// <summary>412: the thing has another version than <c>If-Match</c> names.</summary>
    public static StudioProblem Stale(string what, long version) => StudioProblem.Of(
        ProblemCode.PreconditionFailed, $"The {what} has changed since: it is at version {version} now. Get it again and decide anew.");

    /// <summary>Sends the tag and says whether the client has this version already (RFC 9110, If-None-Match: weak comparison).</summary>
    public static bool IsKnown(HttpContext http, EntityTagHeaderValue tag)
    {
        http.Response.Headers.ETag = tag.ToString();
        http.Response.Headers.CacheControl = "private, no-cache";
        var known = http.Request.GetTypedHeaders().IfNoneMatch;
        return known.Any(candidate => candidate.Tag == "*" || candidate.Compare(tag, useStrongComparison: false));
    }
}
