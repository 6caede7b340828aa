using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms.Segmentation;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Algorithms.Segmentation;

public sealed class SubjectCutoutTests
{
    [Fact]
    public void A_textured_subject_with_a_hole_is_found()
    {
        var scene = Scene(300, 260, softness: 2, hole: true);
        var result = SubjectCutout.Make(scene.Picture);
        result.Matte.Format.ShouldBe(PixelFormat.Gray);
        result.Subject.Format.ShouldBe(PixelFormat.Rgba);
        (result.Subject.Width, result.Subject.Height).ShouldBe((300, 260));
        Iou(result.Matte, scene.Alpha).ShouldBeGreaterThan(0.93);
        result.Matte.Samples[(130 * 300) + 150].ShouldBeLessThan((byte)40, "the hole shows background");
        result.Confidence.ShouldBeGreaterThan(0.5);
    }

    [Fact]
    public void Soft_edges_get_soft_alpha_and_the_subjects_own_colours()
    {
        var scene = Scene(400, 360, softness: 5, hole: false);
        var result = SubjectCutout.Make(scene.Picture);
        double error = 0, freed = 0, observed = 0;
        int soft = 0, partial = 0;
        for (var i = 0; i < scene.Alpha.Length; i++)
        {
            if (scene.Alpha[i] is <= 0.05f or >= 0.95f) continue;
            soft++;
            var alpha = result.Matte.Samples[i] / 255.0;
            error += Math.Abs(alpha - scene.Alpha[i]);
            if (alpha is > 0.05 and < 0.95) partial++;
            if (alpha < 0.2 || scene.Alpha[i] < 0.2) continue;
            for (var c = 0; c < 3; c++)
            {
                freed += Math.Abs(result.Subject.Samples[(i * 4) + c] - (255 * scene.Subject[(i * 3) + c]));
                observed += Math.Abs(scene.Picture.Samples[(i * 3) + c] - (255 * scene.Subject[(i * 3) + c]));
            }
        }

        (error / soft).ShouldBeLessThan(0.1);
        (partial / (double)soft).ShouldBeGreaterThan(0.5, "most of the soft edge is neither opaque nor transparent");
        freed.ShouldBeLessThan(0.6 * observed);
    }

    [Fact]
    public void The_inside_keeps_its_samples_and_the_outside_is_transparent_black()
    {
        var scene = Scene(200, 200, softness: 2, hole: false);
        var subject = SubjectCutout.Make(scene.Picture).Subject;
        var middle = (100 * 200) + 100;
        subject.Samples.AsSpan(middle * 4, 3).SequenceEqual(scene.Picture.Samples.AsSpan(middle * 3, 3)).ShouldBeTrue();
        subject.Samples.AsSpan(0, 4).ToArray().ShouldBe(new byte[4]);
    }

    [Fact]
    public void A_flat_picture_is_kept_whole_with_no_confidence()
    {
        var flat = new Picture(120, 90, PixelFormat.Rgb, [.. Enumerable.Repeat((byte)127, 120 * 90 * 3)]);
        var result = SubjectCutout.Make(flat);
        result.Confidence.ShouldBeLessThan(0.2);
        result.Matte.Samples.ShouldAllBe(a => a == 255);
        result.Subject.Samples[0].ShouldBe((byte)127);
    }

    [Theory]
    [InlineData(1, 1, PixelFormat.Rgb)]
    [InlineData(3, 5, PixelFormat.Rgb)]
    [InlineData(2, 1, PixelFormat.Gray)]
    [InlineData(1, 40, PixelFormat.Rgba)]
    [InlineData(7, 3, PixelFormat.GrayAlpha)]
    [InlineData(900, 6, PixelFormat.Rgb)]
    public void Any_size_and_format_gives_a_result_of_the_same_size(int width, int height, PixelFormat format)
    {
        var picture = new Picture(width, height, format);
        new Random(width).NextBytes(picture.Samples);
        var result = SubjectCutout.Make(picture);
        (result.Subject.Width, result.Subject.Height, result.Subject.Format).ShouldBe((width, height, PixelFormat.Rgba));
        (result.Matte.Width, result.Matte.Height).ShouldBe((width, height));
        result.Confidence.ShouldBeInRange(0, 1);
    }

    [Fact]
    public void A_gray_photograph_is_cut_out_by_its_brightness()
    {
        var scene = Scene(260, 240, softness: 2, hole: false, gray: true);
        var result = SubjectCutout.Make(scene.Picture.As(PixelFormat.Gray));
        Iou(result.Matte, scene.Alpha).ShouldBeGreaterThan(0.85);
    }

    [Fact]
    public void Transparent_parts_stay_transparent_and_a_cut_out_picture_keeps_its_alpha()
    {
        var scene = Scene(200, 180, softness: 2, hole: false);
        var picture = scene.Picture.As(PixelFormat.Rgba);
        for (var i = 0; i < scene.Alpha.Length; i++)
            if (i / 200 is >= 80 and < 100) picture.Samples[(i * 4) + 3] = 0;
        var striped = SubjectCutout.Make(picture);
        for (var i = 0; i < scene.Alpha.Length; i++)
            if (i / 200 is >= 80 and < 100) striped.Matte.Samples[i].ShouldBe((byte)0);

        for (var i = 0; i < scene.Alpha.Length; i++) picture.Samples[(i * 4) + 3] = (byte)(scene.Alpha[i] * 255);
        var cutOut = SubjectCutout.Make(picture);
        cutOut.Subject.Samples.ShouldBe(picture.Samples);
        cutOut.Confidence.ShouldBeGreaterThan(0.9);
    }

    [Fact]
    public void The_same_picture_gives_the_same_result()
    {
        var scene = Scene(240, 200, softness: 3, hole: true);
        var first = SubjectCutout.Make(scene.Picture);
        var second = SubjectCutout.Make(scene.Picture);
        second.Subject.Samples.AsSpan().SequenceEqual(first.Subject.Samples).ShouldBeTrue();
        second.Confidence.ShouldBe(first.Confidence);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.15)]
    [InlineData(0.4)]
    [InlineData(0.8)]
    public void A_run_cancelled_at_any_stage_stops_without_finishing(double stage)
    {
        var scene = Scene(1200, 1000, softness: 3, hole: false);
        using var cancelled = new CancellationTokenSource();
        var heard = new List<double>();
        Should.Throw<OperationCanceledException>(() => SubjectCutout.Make(scene.Picture, new Listener(value =>
        {
            heard.Add(value);
            if (value > stage) cancelled.Cancel();
        }), cancelled.Token));
        heard.Count(value => value > stage).ShouldBe(1, "nothing further was reported after the cancellation");
        heard[^1].ShouldBeLessThan(1);
    }

    [Fact]
    public void Progress_rises_to_one()
    {
        var heard = new List<double>();
        SubjectCutout.Make(Scene(300, 300, softness: 3, hole: false).Picture, new Listener(heard.Add));
        heard.ShouldBe(heard.Order());
        heard[^1].ShouldBe(1);
    }

    [Fact]
    public void A_smooth_subject_before_a_strongly_blurred_busy_background_is_found_by_its_sharp_edges()
    {
        const int size = 320;
        var scene = Scene(size, size, softness: 2, hole: false);
        var picture = new Picture(size, size, PixelFormat.Rgb);
        for (var i = 0; i < scene.Alpha.Length; i++)
        {
            // Broad waves of the subject's own colours behind it.
            double u = i % size / (double)size, v = i / size / (double)size;
            var wave = 0.5 + (0.5 * Math.Sin((u * 17) + (3 * Math.Sin(v * 9))));
            for (var c = 0; c < 3; c++)
            {
                var back = ((1 - wave) * (c == 2 ? 0.5 : 0.3)) + (wave * (c == 0 ? 0.85 : c == 1 ? 0.5 : 0.25));
                picture.Samples[(i * 3) + c] = (byte)(255 * ((scene.Alpha[i] * scene.Subject[(i * 3) + c]) + ((1 - scene.Alpha[i]) * back)));
            }
        }

        var result = SubjectCutout.Make(picture);
        Iou(result.Matte, scene.Alpha).ShouldBeGreaterThan(0.85);
    }

    private static double Iou(Picture matte, float[] alpha)
    {
        int both = 0, any = 0;
        for (var i = 0; i < alpha.Length; i++)
        {
            if (matte.Samples[i] > 127 && alpha[i] > 0.5f) both++;
            if (matte.Samples[i] > 127 || alpha[i] > 0.5f) any++;
        }

        return both / (double)any;
    }

    // An orange, spotted ellipse, optionally with a hole, over a blue-green slope with grain.
    private static (Picture Picture, float[] Alpha, float[] Subject) Scene(int width, int height, float softness, bool hole, bool gray = false)
    {
        var random = new Random(9);
        var picture = new Picture(width, height, PixelFormat.Rgb);
        float[] alpha = new float[width * height], subject = new float[width * height * 3];
        for (var i = 0; i < alpha.Length; i++)
        {
            float u = ((i % width) + 0.5f) / width, v = ((i / width) + 0.5f) / height;
            float dx = (u - 0.5f) / 0.28f, dy = (v - 0.5f) / 0.33f, radius = MathF.Sqrt((dx * dx) + (dy * dy));
            var scale = 0.3f * width / softness;
            alpha[i] = Math.Clamp(0.5f + ((1 - radius) * scale), 0, 1) * (hole ? Math.Clamp(0.5f + ((radius - 0.35f) * scale), 0, 1) : 1);
            var spots = 0.12f * MathF.Sin(u * 60) * MathF.Sin(v * 50);
            float[] front = gray ? [0.75f + spots, 0.75f + spots, 0.75f + spots] : [0.85f + spots, 0.5f + spots, 0.2f];
            float[] back = gray ? [0.3f, 0.3f, 0.3f] : [0.2f, 0.35f + (0.2f * v), 0.5f - (0.1f * v)];
            var grain = (random.NextSingle() - 0.5f) * 0.04f;
            for (var c = 0; c < 3; c++)
            {
                subject[(i * 3) + c] = front[c];
                var value = (alpha[i] * front[c]) + ((1 - alpha[i]) * back[c]) + grain;
                picture.Samples[(i * 3) + c] = (byte)Math.Clamp(value * 255, 0, 255);
            }
        }

        return (picture, alpha, subject);
    }

    private sealed class Listener(Action<double> hear) : IProgress<double>
    {
        public void Report(double value) => hear(value);
    }
}
