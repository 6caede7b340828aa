using PhotoStudio.Inference.Algorithms;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Algorithms;

public sealed class BicubicTapsTests
{
    [Fact]
    public void Bicubic_taps_are_the_published_kernel_and_add_up_to_one()
    {
        var grow = BicubicTaps.For(10, 20);
        for (var i = 0; i < 20; i++) grow.Weights.AsSpan(i * grow.Count, grow.Count).ToArray().Sum().ShouldBe(1, 1e-5f);

        // Target 7 lies at source 3.25: Keys' kernel at −1.25, −0.25, 0.75 and 1.75.
        var taps = grow.Positions.Zip(grow.Weights).Skip(7 * grow.Count).Take(grow.Count).Where(tap => tap.Second != 0).ToArray();
        taps.Select(tap => tap.First).ShouldBe([2, 3, 4, 5]);
        taps.Select(tap => tap.Second).ShouldBe([-0.0703125f, 0.8671875f, 0.2265625f, -0.0234375f], 1e-5);

        var shrink = BicubicTaps.Resample(
            new Plane(40, 1, [.. Enumerable.Range(0, 40).Select(x => (float)(x % 2))]), BicubicTaps.For(40, 10), BicubicTaps.For(1, 1));
        for (var x = 2; x < 8; x++) shrink.Data[x].ShouldBe(0.5f, 0.02f);
    }
}
