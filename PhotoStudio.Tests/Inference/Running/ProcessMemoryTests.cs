using System.Runtime.CompilerServices;
using PhotoStudio.Inference.Running;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Running;

public sealed class ProcessMemoryTests
{
    private const long MiB = 1 << 20;

    [Fact]
    public void What_runs_have_let_go_of_is_collected_before_it_carries_the_process_beyond_the_budget()
    {
        ProcessMemory memory = new(16 * MiB, () => 0);
        memory.NoteIdle();
        var garbage = Litter();

        memory.Keep(coming: 0);

        garbage.ShouldAllBe(large => !large.IsAlive);
    }

    [Fact]
    public void Within_the_budget_nothing_is_collected()
    {
        ProcessMemory memory = new(1L << 50, () => 0);
        memory.NoteIdle();
        var before = GC.CollectionCount(2);

        for (var i = 0; i < 1_000; i++) memory.Keep(coming: MiB);

        // Other tests may ask for collections meanwhile, but not one for each of these.
        (GC.CollectionCount(2) - before).ShouldBeLessThan(1_000);
    }

    [Fact]
    public void What_is_in_use_is_not_looked_for_again_and_again()
    {
        ProcessMemory memory = new(1, () => 0);
        memory.NoteIdle();
        var inUse = Enumerable.Range(0, 8).Select(_ => Touched()).ToArray();
        memory.Keep(coming: 0);
        var before = GC.CollectionCount(2);

        for (var i = 0; i < 1_000; i++) memory.Keep(coming: 0);

        (GC.CollectionCount(2) - before).ShouldBeLessThan(1_000);
        GC.KeepAlive(inUse);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] Litter() => [.. Enumerable.Range(0, 8).Select(_ => new WeakReference(Touched()))];

    private static byte[] Touched()
    {
        var bytes = new byte[16 * MiB];
        bytes.AsSpan().Fill(1);
        return bytes;
    }
}
