using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Segmentation;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Algorithms.Segmentation;

public sealed class PartPruningTests
{
    private const int Size = 240;

    [Fact]
    public void Background_that_shows_through_a_ring_is_taken_out_of_its_mask()
    {
        var evidence = Evidence(hole: Background);
        var mask = Within(80);
        var result = PartPruning.Apply(mask, evidence, CancellationToken.None);
        Share(result, Within(30)).ShouldBeLessThan(0.1, "the hole is open");
        Share(result, Between(44, 76)).ShouldBeGreaterThan(0.95, "the ring stays");
        Share(result, Within(80).Select(m => !m).ToArray()).ShouldBe(0, "nothing is added");
    }

    [Fact]
    public void A_disc_of_a_colour_that_the_background_lacks_stays_within_the_ring()
    {
        var evidence = Evidence(hole: (_, _) => (0.95f, 0.9f, 0.2f));
        var mask = Within(80);
        PartPruning.Apply(mask, evidence, CancellationToken.None).ShouldBeSameAs(mask);
    }

    [Fact]
    public void An_empty_and_a_full_mask_stay_as_they_are()
    {
        var evidence = Evidence(hole: Background);
        bool[] empty = new bool[evidence.Rgb.Width * evidence.Rgb.Height], full = [.. empty.Select(_ => true)];
        PartPruning.Apply(empty, evidence, CancellationToken.None).ShouldBeSameAs(empty);
        PartPruning.Apply(full, evidence, CancellationToken.None).ShouldBeSameAs(full);
    }

    // A grained red ring before a smooth slope from blue to green; the middle as told.
    private static SubjectEvidence Evidence(Func<float, float, (float R, float G, float B)> hole)
    {
        var random = new Random(4);
        var picture = new Picture(Size, Size, PixelFormat.Rgb);
        for (var i = 0; i < Size * Size; i++)
        {
            float u = (i % Size) / (float)Size, v = (i / Size) / (float)Size;
            var radius = Radius(i);
            var (r, g, b) = radius > 80 ? Background(u, v) : radius < 40 ? hole(u, v) : Ring(random.NextSingle() * 0.2f);
            (picture.Samples[i * 3], picture.Samples[(i * 3) + 1], picture.Samples[(i * 3) + 2]) =
                ((byte)(255 * r), (byte)(255 * g), (byte)(255 * b));
        }

        return SubjectEvidence.Gather(picture, ColorPlanes.From(picture, Size, Size), null, CancellationToken.None);
    }

    private static (float R, float G, float B) Ring(float grain) => (0.6f + grain, 0.15f + grain, 0.15f + grain);

    private static (float R, float G, float B) Background(float u, float v) => (0.2f, 0.3f + (0.3f * u), 0.7f - (0.3f * v));

    private static float Radius(int i) => MathF.Sqrt(MathF.Pow((i % Size) - 119.5f, 2) + MathF.Pow((i / Size) - 119.5f, 2));

    private static bool[] Within(float radius) => Between(-1, radius);

    private static bool[] Between(float least, float most) =>
        [.. Enumerable.Range(0, Size * Size).Select(i => Radius(i) > least && Radius(i) < most)];

    private static double Share(bool[] mask, bool[] where) =>
        mask.Zip(where).Count(p => p.First && p.Second) / (double)where.Count(w => w);
}
