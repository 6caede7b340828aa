using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Segmentation;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Algorithms.Segmentation;

public sealed class ColorRecutTests
{
    private const int Size = 64;

    [Fact]
    public void Background_enclosed_or_beside_the_subject_is_cut_from_the_mask()
    {
        static bool Subject(int x, int y) => x is >= 16 and < 44 && y is >= 16 and < 48 && !(x is >= 24 and < 30 && y is >= 22 and < 28);
        static bool Taken(int x, int y) => x is >= 16 and < 50 && y is >= 16 and < 48;

        var result = ColorRecut.Apply(new(Mask(Taken), 0.5f, null, null), Scene(Subject), default);

        result.Mask.ShouldBe(Mask(Subject));
        result.Confidence.ShouldBe(0.5f);
        result.ColorOdds(0.2f, 0.3f, 0.8f).ShouldBeGreaterThan(0);
        result.ColorOdds(0.7f, 0.6f, 0.2f).ShouldBeLessThan(0);
    }

    [Fact]
    public void A_mask_that_misses_part_of_the_subject_never_grows()
    {
        var mask = Mask((x, y) => x is >= 20 and < 40 && y is >= 20 and < 44);

        var result = ColorRecut.Apply(new(mask, 1, null, null), Scene((x, y) => x is >= 16 and < 44 && y is >= 16 and < 48), default);

        for (var i = 0; i < mask.Length; i++) (result.Mask[i] && !mask[i]).ShouldBeFalse();
    }

    [Fact]
    public void A_subject_of_the_backgrounds_colours_keeps_its_mask()
    {
        var before = new SubjectRegion(Mask((x, y) => x is >= 16 and < 44 && y is >= 16 and < 48), 1, null, null);

        ColorRecut.Apply(before, Scene((_, _) => false), default).ShouldBeSameAs(before);
    }

    [Fact]
    public void An_empty_mask_stays_empty()
    {
        var before = new SubjectRegion(new bool[Size * Size], 0, null, null);

        ColorRecut.Apply(before, Scene((_, _) => false), default).ShouldBeSameAs(before);
    }

    private static bool[] Mask(Func<int, int, bool> inside) =>
        [.. Enumerable.Range(0, Size * Size).Select(i => inside(i % Size, i / Size))];

    // A blue subject on ochre with a little fixed grain.
    private static ColorPlanes Scene(Func<int, int, bool> subject)
    {
        var random = new Random(7);
        var planes = new ColorPlanes(Size, Size);
        for (var i = 0; i < Size * Size; i++)
        {
            var grain = (float)(random.NextDouble() - 0.5) * 0.02f;
            var (r, g, b) = subject(i % Size, i / Size) ? (0.2f, 0.3f, 0.8f) : (0.7f, 0.6f, 0.2f);
            (planes.C0.Data[i], planes.C1.Data[i], planes.C2.Data[i]) = (r + grain, g + grain, b + grain);
        }

        return planes;
    }
}
