using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PhotoStudio.Backings.Inference;

/// <summary>Inference elsewhere as a part of <c>/health</c>: degraded when no instance is ready, for jobs are still taken and wait.</summary>
internal sealed class HttpInferenceHealth(InferenceAddresses addresses) : IHealthCheck, IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromSeconds(4),
    };

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var answers = await Task.WhenAll(addresses.InTurn().Select(address => IsReadyAsync(address, cancellationToken)));
        var ready = answers.Count(isReady => isReady);
        var figures = new Dictionary<string, object>(StringComparer.Ordinal) { ["instances"] = answers.Length, ["ready"] = ready };
        return ready > 0
            ? HealthCheckResult.Healthy(data: figures)
            : HealthCheckResult.Degraded("does not answer or is not ready; jobs wait for it.", data: figures);
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<bool> IsReadyAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _client.GetAsync(
                new Uri(address, "health"), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
