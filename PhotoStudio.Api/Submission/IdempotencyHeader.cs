using System.Security.Cryptography;
using System.Text;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Submission;

/// <summary>Reads <c>Idempotency-Key</c> and takes the fingerprint of what it stands for.</summary>
public static class IdempotencyHeader
{
    /// <summary>The header's name.</summary>
    public const string Name = "Idempotency-Key";

    /// <summary>The caller's key; null when there is none or when it is malformed, which adds a fault.</summary>
    public static string? Read(HttpRequest request, FaultList faults)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(faults);
        var values = request.Headers[Name];
        if (values.Count == 0) return null;
        if (values is [{ Length: > 0 and <= IdempotencyKey.MaxLength } key] && key.All(c => c is > ' ' and < '\u007f')) return key;

        faults.Add(Name, $"must be one value of 1 to {IdempotencyKey.MaxLength} visible ASCII characters without spaces.");
        return null;
    }

    /// <summary>The route that a key belongs to: its template, so that every call of it shares one space of keys.</summary>
    public static string RouteOf(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? http.Request.Path;
    }

    /// <summary>
    /// SHA-256 over the operations, their parameters in canonical JSON, and what else makes up the content, such as the pictures' own
    /// hashes, so that the same content has the same fingerprint in whatever form it came.
    /// </summary>
    public static string Fingerprint(IEnumerable<OperationParameters> steps, IEnumerable<string> rest)
    {
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(rest);
        var text = new StringBuilder();
        text.AppendJoin('\n', steps.Select(step => $"{step.Operation.Name}\n{step.ToJson()}"));
        foreach (var part in rest) text.Append('\n').Append(part);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
