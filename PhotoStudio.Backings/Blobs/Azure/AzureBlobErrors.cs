using Azure;
using PhotoStudio.Core;

namespace PhotoStudio.Backings.Blobs.Azure;

/// <summary>What Azure Storage refuses, in an operator's words.</summary>
internal static class AzureBlobErrors
{
    /// <summary>Whether the exception is about the storage; several tries of one request come as one exception.</summary>
    public static bool IsFault(Exception exception) =>
        exception is RequestFailedException or (IOException and not FileNotFoundException)
        || (exception is AggregateException several && several.InnerExceptions.All(IsFault));

    /// <summary>The same for whoever uses the store.</summary>
    public static StorageException ToStorageException(Exception exception) => new(Explain(exception), exception);

    private static string Explain(Exception exception) => exception switch
    {
        AggregateException several => Explain(several.InnerExceptions[0]),
        RequestFailedException { Status: 401 or 403 } =>
            $"The blob storage refuses the key or the signature of {AzureBlobOptions.ConnectionSetting}, or it may not write there.",
        RequestFailedException { Status: 404 } =>
            $"The blob storage has no such container. Let the studio make it, or name another with {AzureBlobOptions.Section}:{nameof(AzureBlobOptions.Container)}.",
        RequestFailedException { Status: 429 or 500 or 503 } => "The blob storage is too busy. Try again in a moment.",
        RequestFailedException { Status: 507 or 409 } => "The blob storage has no room left, or is locked against writing.",
        RequestFailedException { Status: >= 400 } refused => $"The blob storage refuses the request ({refused.Status} {refused.ErrorCode}).",
        _ => $"The blob storage that {AzureBlobOptions.ConnectionSetting} names cannot be reached. Check the address and the network.",
    };
}
