using System.Diagnostics.Metrics;

namespace PhotoStudio.Backings.LanguageModels;

/// <summary>Counts calls: <c>studio.remote.requests</c> by provider and outcome.</summary>
public sealed class LanguageModelMeter
{
    /// <summary>The meter's name.</summary>
    public const string Name = "PhotoStudio.Backings";

    private readonly Counter<long> _requests;

    /// <summary>Creates the counter.</summary>
    public LanguageModelMeter(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        _requests = meters.Create(Name).CreateCounter<long>("studio.remote.requests", "{request}", "Calls of remote services.");
    }

    /// <summary>Counts a call.</summary>
    public void Count(string provider, LanguageModelOutcome outcome) => _requests.Add(1, new("provider", provider), new("outcome", outcome.ToString()));
}
