using PhotoStudio.Benchmarks.Chaos;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace PhotoStudio.Tests.Distributed;

/// <summary>
/// A studio of real processes and servers, broken in every way it has to survive, with little work each time; <c>./studio chaos</c> does the
/// same with more. After each fault every job has ended exactly once, and every blob has its record.
/// </summary>
public sealed class FaultsTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly int _seed = Random.Shared.Next();
    private ChaosSession _session = null!;

    public async Task InitializeAsync()
    {
        output.WriteLine($"seed {_seed}");
        _session = await ChaosSession.StartAsync(_seed, ChaosPace.Short, TextWriter.Null, default);
    }

    public async Task DisposeAsync() => await _session.DisposeAsync();

    [Fact]
    public async Task Whatever_breaks_every_job_ends_exactly_once_and_every_blob_has_its_record()
    {
        var wrong = new List<string>();
        foreach (var fault in ChaosSession.Faults)
        {
            var account = await _session.BreakAsync(fault);
            output.WriteLine(account.Text);
            if (account.Faults.Count > 0) wrong.Add(account.Text);
        }

        string.Join("\n", wrong).ShouldBeEmpty();
    }
}
