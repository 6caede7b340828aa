using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Options;
using PhotoStudio.Core.Inference;
using PhotoStudio.Inference;
using PhotoStudio.Inference.Running;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Running;

public sealed class MemoryAdmissionTests
{
    private const long MiB = 1 << 20;

    // More than the process of the tests ever takes: nothing is collected to stay within a budget of this size.
    private const long Large = 64L << 30;

    /// <summary>Runs that ask for memory at once, some of which are cancelled while they wait.</summary>
    public sealed record Crowd(long Budget, long[] Sizes, IReadOnlySet<int> Cancelled);

    [Fact]
    public void The_budget_is_never_exceeded_and_every_run_is_admitted_in_the_end()
    {
        var crowds =
            from budget in Gen.Choose(1, 64)
            from sizes in Gen.NonEmptyListOf(Gen.Choose(0, budget * 1024))
            from cancelled in Gen.ListOf(Gen.Choose(0, 30))
            select new Crowd(budget * Large, [.. sizes.Select(part => part * (Large / 1024))], cancelled.ToHashSet());

        Prop.ForAll(crowds.ToArbitrary(), crowd => AdmitAsync(crowd).SoonAsync().GetAwaiter().GetResult()).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task A_large_run_is_not_overtaken_by_small_ones_behind_it()
    {
        using var memory = Admission(10 * MiB);
        var first = await memory.TakeAsync(6 * MiB, CancellationToken.None);
        var large = memory.TakeAsync(8 * MiB, CancellationToken.None).AsTask();
        var small = memory.TakeAsync(3 * MiB, CancellationToken.None).AsTask();
        (large.IsCompleted, small.IsCompleted).ShouldBe((false, false));

        first.Dispose();
        var share = await large.SoonAsync();

        small.IsCompleted.ShouldBeFalse();
        share.Dispose();
        (await small.SoonAsync()).Dispose();
        memory.Held.ShouldBe(0);
    }

    [Fact]
    public async Task More_than_the_whole_budget_is_refused_at_once()
    {
        using var memory = Admission(10 * MiB);
        using var share = await memory.TakeAsync(10 * MiB, CancellationToken.None);

        var fault = await Should.ThrowAsync<InferenceException>(async () => await memory.TakeAsync((10 * MiB) + 1, CancellationToken.None));

        (fault.Fault, fault.Code).ShouldBe((InferenceFault.InvalidInput, "too_large_for_memory"));
        fault.Message.ShouldContain("11 MiB");
        fault.Message.ShouldContain("10 MiB");
    }

    [Fact]
    public void The_budget_is_a_share_of_what_the_process_may_have_unless_it_is_set()
    {
        new InferenceOptions().EffectiveMemoryBytes.ShouldBeInRange(MiB, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2);
        new InferenceOptions { MemoryBytes = 5 * MiB }.EffectiveMemoryBytes.ShouldBe(5 * MiB);
    }

    private static async Task AdmitAsync(Crowd crowd)
    {
        using var memory = Admission(crowd.Budget);
        long held = 0;
        var served = 0;
        await Task.WhenAll(crowd.Sizes.Select((size, index) => Task.Run(async () =>
        {
            using var cancel = new CancellationTokenSource();
            var waiting = memory.TakeAsync(size, cancel.Token);
            if (crowd.Cancelled.Contains(index)) await cancel.CancelAsync();
            try
            {
                using var share = await waiting;
                Interlocked.Add(ref held, size).ShouldBeLessThanOrEqualTo(crowd.Budget);
                memory.Held.ShouldBeInRange(1, memory.Budget);
                await Task.Yield();
                Interlocked.Add(ref held, -size);
            }
            catch (OperationCanceledException) when (crowd.Cancelled.Contains(index))
            {
            }

            Interlocked.Increment(ref served);
        })));

        served.ShouldBe(crowd.Sizes.Length);
        memory.Held.ShouldBe(0);
    }

    private static MemoryAdmission Admission(long bytes) => new(Options.Create(new InferenceOptions { MemoryBytes = bytes }));
}
