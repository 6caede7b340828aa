using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PhotoStudio.Backings.Data;
using PhotoStudio.Core.Blobs;

namespace PhotoStudio.Backings.Blobs.Azure;

/// <summary>Registers blobs in Azure Storage.</summary>
internal static class AzureBlobServices
{
    /// <summary>Keeps blobs in Azure Storage. The host makes the container before it starts anything else.</summary>
    /// <exception cref="InvalidOperationException">The connection string is none; the message repeats nothing of it.</exception>
    public static void AddAzureBlobs(this IServiceCollection services, string connectionString)
    {
        Account(connectionString);
        services.AddOptions<AzureBlobOptions>()
            .BindConfiguration(AzureBlobOptions.Section)
            .Validate(
                options => options.Container.Length is >= 3 and <= 63
                    && options.Container.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
                    && options.Container[0] != '-' && options.Container[^1] != '-' && !options.Container.Contains("--", StringComparison.Ordinal),
                $"{AzureBlobOptions.Section}:{nameof(AzureBlobOptions.Container)} must be 3 to 63 lower-case letters, digits and single hyphens.")
            .ValidateOnStart();

        // Whoever has registered a client before is asked instead of the connection string, which then holds no key.
        services.AddSingleton(provider => new AzureBlobStore(
            (provider.GetService<BlobServiceClient>() ?? Account(connectionString)).GetBlobContainerClient(provider.GetRequiredService<IOptions<AzureBlobOptions>>().Value.Container)));
        services.AddSingleton<IBlobStore>(provider => new ObservedBlobStore(provider.GetRequiredService<AzureBlobStore>(), "azure"));
        services.AddHostedService<AzureBlobStart>();
    }

    private static BlobServiceClient Account(string connectionString)
    {
        try
        {
            return Uri.TryCreate(connectionString, UriKind.Absolute, out var address) && address.Scheme is "https" or "http"
                ? new BlobServiceClient(address, Patient())
                : new BlobServiceClient(connectionString, Patient());
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidOperationException)
        {
            throw new InvalidOperationException(
                $"{AzureBlobOptions.ConnectionSetting} is no connection string of Azure Storage. It looks like "
                + "'DefaultEndpointsProtocol=https;AccountName=…;AccountKey=…', or is the account's address with a shared access signature. "
                + "Leave it out to keep files in Studio:Data.",
                exception);
        }
    }

    /// <summary>A storage that is away is told to the caller in a few seconds; the client's own patience is a quarter of a minute and more.</summary>
    private static BlobClientOptions Patient() => new()
    {
        Retry = { MaxRetries = 3, Delay = TimeSpan.FromMilliseconds(200), MaxDelay = TimeSpan.FromSeconds(2), NetworkTimeout = TimeSpan.FromSeconds(30) },
    };

    private sealed class AzureBlobStart(AzureBlobStore store) : BeforeStart
    {
        public override Task StartingAsync(CancellationToken cancellationToken) => store.PrepareAsync(cancellationToken);
    }
}
