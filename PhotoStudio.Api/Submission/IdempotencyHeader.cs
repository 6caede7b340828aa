using System.Security.Cryptography;
using System.Text;
using PhotoStudio.Api.Pictures;
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

    /// <summary>
    /// SHA-256 over the operation, its parameters in canonical JSON, and the pictures' own hashes, so that the same content has
    /// the same fingerprint in whatever form it came.
    /// </summary>
    public static string Fingerprint(OperationParameters parameters, IEnumerable<IncomingPicture> pictures)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(pictures);
        var text = new StringBuilder().Append(parameters.Operation.Name).Append('\n').Append(parameters.ToJson());
        foreach (var picture in pictures) text.Append('\n').Append(picture.Slot).Append('=').Append(picture.Sha256);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
