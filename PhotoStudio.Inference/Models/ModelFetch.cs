using System.Net;
using System.Net.Http.Headers;
using PhotoStudio.Core.Models;

namespace PhotoStudio.Inference.Models;

/// <summary>One request for a model: adds to a partial file what an address delivers, from where the file ends (RFC 9110, 14).</summary>
internal sealed class ModelFetch(HttpClient client, ModelStoreOptions options, TimeProvider time)
{
    /// <summary>Fetches until the file is whole, as far as can be told without its hash.</summary>
    /// <param name="entry">The model.</param>
    /// <param name="source">The address.</param>
    /// <param name="part">What is there already; grows.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="cancellationToken">Breaks off; what has come stays.</param>
    /// <exception cref="SourceException">The address does not deliver it.</exception>
    public async Task RunAsync(
        ModelEntry entry, Uri source, PartialFile part, IProgress<ModelProgress> progress, CancellationToken cancellationToken)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var alarm = time.CreateTimer(static state => ((CancellationTokenSource)state!).Cancel(), silence, options.SilenceTimeout, Timeout.InfiniteTimeSpan);
        try
        {
            using var request = Request(source, part);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, silence.Token);
            var total = Begin(entry, source, part, response);
            if (total == part.Length) return;

            await using var body = await response.Content.ReadAsStreamAsync(silence.Token);
            var buffer = new byte[1 << 17];
            while (true)
            {
                alarm.Change(options.SilenceTimeout, Timeout.InfiniteTimeSpan);
                var count = await ReadAsync(body, buffer, part, silence.Token);
                if (count == 0) break;
                if (part.Length + count > (entry.Bytes ?? total ?? options.MaxBytes))
                {
                    part.Clear();
                    throw SourceException.Useless("sends more than the model's bytes");
                }

                await part.AppendAsync(buffer.AsMemory(0, count), cancellationToken);
                progress.Report(new(ModelStage.Fetching, part.Length, entry.Bytes ?? total, source.Host));
            }

            if (part.Length < (entry.Bytes ?? total ?? 0)) throw SourceException.Broken($"broke off after {FolderFaults.Mebibytes(part.Length)}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw SourceException.Broken($"was silent for {options.SilenceTimeout.TotalSeconds:F0} s");
        }
        catch (HttpRequestException fault) when (fault.HttpRequestError is HttpRequestError.NameResolutionError)
        {
            throw SourceException.Unreachable("its name is not known", fault);
        }
        catch (HttpRequestException fault) when (fault.HttpRequestError
            is HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError)
        {
            throw SourceException.Unreachable($"no connection ({(fault.InnerException ?? fault).Message})", fault);
        }
        catch (HttpRequestException fault)
        {
            throw SourceException.Broken($"broke off after {FolderFaults.Mebibytes(part.Length)}", fault: fault);
        }
    }

    // What the network does is told apart from what the folder does.
    private static async ValueTask<int> ReadAsync(Stream body, byte[] buffer, PartialFile part, CancellationToken cancellationToken)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException fault)
        {
            throw SourceException.Broken($"broke off after {FolderFaults.Mebibytes(part.Length)}", fault: fault);
        }
    }

    private static HttpRequestMessage Request(Uri source, PartialFile part)
    {
        HttpRequestMessage request = new(HttpMethod.Get, source);

        // A file that is packed on the way could not be gone on with.
        request.Headers.AcceptEncoding.Add(new("identity"));
        if (part.Length == 0) return request;

        // Of another address than last time, the rest is asked for without a condition: the hash decides in the end.
        request.Headers.Range = new RangeHeaderValue(part.Length, null);
        if (part.Validator(source) is { } validator) request.Headers.IfRange = RangeConditionHeaderValue.Parse(validator);
        return request;
    }

    /// <summary>Looks at the answer's head and puts the partial file to where the body begins.</summary>
    /// <returns>The size of the whole file, where the answer tells it.</returns>
    private long? Begin(ModelEntry entry, Uri source, PartialFile part, HttpResponseMessage response)
    {
        var content = response.Content.Headers;
        long? total;
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                total = content.ContentLength;
                RequireSize(total);
                if (part.Length > 0) part.Clear();
                break;
            case HttpStatusCode.PartialContent when content.ContentRange is { HasRange: true } range && range.From == part.Length:
                total = range.Length;
                RequireSize(total);
                break;
            case HttpStatusCode.PartialContent:
                part.Clear();
                throw SourceException.Broken("answered with another part of the file than was asked for");
            case HttpStatusCode.RequestedRangeNotSatisfiable:
                // Either all of it is here, or what is here is no part of it.
                total = content.ContentRange?.Length;
                if (part.Length > 0 && part.Length == (entry.Bytes ?? total)) return part.Length;
                part.Clear();
                throw SourceException.Broken("has no more of the file");
            case HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError:
                throw SourceException.Broken(Status(response), RetryAfter(response));
            default:
                throw SourceException.Useless(Status(response));
        }

        if (part.Length == 0) part.Note(source, Validator(response));
        return total;

        void RequireSize(long? size)
        {
            if (entry.Bytes is { } wanted && size is { } offered && offered != wanted)
                throw SourceException.Useless($"offers a file of {offered:N0} bytes, not of {wanted:N0}");
            if (size > (entry.Bytes ?? options.MaxBytes)) throw SourceException.Useless($"offers a file of {size:N0} bytes, which is too large");
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var header = response.Headers.RetryAfter;
        return header?.Delta ?? (header?.Date - time.GetUtcNow());
    }

    private static string Status(HttpResponseMessage response) => $"answers {(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd();

    private static string? Validator(HttpResponseMessage response) =>
        response.Headers.ETag is { IsWeak: false } tag
            ? tag.ToString()
            : response.Content.Headers.LastModified?.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>An address does not deliver a model.</summary>
internal sealed class SourceException : Exception
{
    private SourceException(string message, Exception? inner)
        : base(message, inner)
    {
    }

    /// <summary>Whether it may deliver the rest at another try.</summary>
    public bool MayRetry { get; private init; }

    /// <summary>Whether nobody was there.</summary>
    public bool IsUnreachable { get; private init; }

    /// <summary>When it asks to be tried again.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>It does not have the model.</summary>
    public static SourceException Useless(string what) => new(what, null);

    /// <summary>Nobody is there.</summary>
    public static SourceException Unreachable(string what, Exception fault) => new(what, fault) { IsUnreachable = true };

    /// <summary>It stopped; another try may help.</summary>
    public static SourceException Broken(string what, TimeSpan? retryAfter = null, Exception? fault = null) =>
        new(what, fault) { MayRetry = true, RetryAfter = retryAfter };
}
