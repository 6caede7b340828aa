using System.Numerics;
using PhotoStudio.Benchmarks.Quality;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Engines.FaceSwap;

public sealed class FaceSwapEngineTests(OperationUnderTest studio) : IClassFixture<OperationUnderTest>
{
    private const string Agreed = """{"consent":true}""";

    private static readonly DrawnPortrait Giver = new()
    {
        EyeDistance = 70, EyesMiddle = new(180, 160), Tilt = 0.12f, Skin = new(0.93f, 0.76f, 0.67f), Iris = new(0.20f, 0.45f, 0.75f), MouthAt = 1.16f,
    };

    private static readonly DrawnPortrait Taker = new() { Skin = new(0.72f, 0.50f, 0.38f) };
    private static readonly Picture Source = Giver.Paint(360, 380);
    private static readonly Picture Target = Taker.Paint(400, 400);

    [Fact]
    public async Task The_eyes_of_the_source_look_out_of_the_target()
    {
        var result = await SwapAsync(Source, Target);

        (result.Width, result.Height).ShouldBe((400, 400));

        // Between pupil and rim the iris is blue as the source's is; the target's is brown.
        foreach (var eye in (Vector2[])[Taker.LeftEye, Taker.RightEye])
        {
            var (x, y) = ((int)(eye.X + 5.5f), (int)eye.Y);
            int before = Target.Row(y)[(3 * x) + 2] - Target.Row(y)[3 * x], after = result.Row(y)[(3 * x) + 2] - result.Row(y)[3 * x];
            before.ShouldBeLessThan(0);
            after.ShouldBeGreaterThan(before + 40);
        }
    }

    [Fact]
    public async Task Outside_the_face_nothing_changes_and_inside_there_is_no_seam()
    {
        var result = await SwapAsync(Source, Target);

        for (var y = 0; y < 400; y++)
        {
            for (var x = 0; x < 400; x++)
            {
                var (across, down) = (Math.Abs(x - 200) / 80.0, (y - 170) / 80.0);
                if (across < 0.95 && down is > -0.7 and < 1.85) continue;
                result.Row(y).Slice(x * 3, 3).SequenceEqual(Target.Row(y).Slice(x * 3, 3)).ShouldBeTrue($"({x}, {y})");
            }
        }

        // Along the cheek, where the oval ends, neighbours differ no more than before by what one would see.
        for (var x = 125; x < 160; x++)
        {
            for (var y = 200; y < 215; y++)
                Math.Abs(result.Row(y)[(3 * x) + 4] - result.Row(y)[(3 * x) + 1]).ShouldBeLessThan(9, $"({x}, {y})");
        }
    }

    [Fact]
    public async Task The_face_takes_on_the_colour_of_the_skin_it_replaces()
    {
        var result = await SwapAsync(Source, Target);

        // Cheek, forehead and chin of the target are much darker than the source's.
        foreach (var point in (Vector2[])[new(-0.5f, 0.55f), new(0.5f, 0.55f), new(0, -0.3f)])
        {
            var at = Taker.At(point);
            for (var c = 0; c < 3; c++)
                ((double)result.Row((int)at.Y)[(3 * (int)at.X) + c]).ShouldBe(Target.Row((int)at.Y)[(3 * (int)at.X) + c], 28);
        }
    }

    [Fact]
    public async Task A_face_put_on_itself_stays_about_as_it_is() =>
        PictureAssert.Similar(await SwapAsync(Target, Target), Target, meanDifference: 1);

    [Fact]
    public async Task Each_picture_without_a_face_is_named()
    {
        var empty = TestPictures.Photo(200, 150, seed: 3);

        (await studio.RefusalAsync("face-swap", Agreed, "no_face", ("source", empty), ("target", Target))).ShouldContain("source picture");
        (await studio.RefusalAsync("face-swap", Agreed, "no_face", ("source", Source), ("target", empty))).ShouldContain("target picture");
    }

    [Fact]
    public void Without_consent_it_is_refused_and_the_message_says_why()
    {
        var operation = OperationCatalog.Get("face-swap");
        foreach (var given in (string[])["{}", """{"consent":false}"""])
        {
            Should.Throw<ArgumentException>(() => OperationParameters.FromJson(operation, given)).Message.ShouldContain("agreed");
        }

        OperationParameters.FromJson(operation, Agreed).Get(PhotoStudio.Core.Operations.FaceSwap.Consent).ShouldBeTrue();
    }

    [Fact]
    public async Task The_result_is_always_marked_as_a_composite()
    {
        var result = await studio.RunAsync("face-swap", [("source", Source), ("target", Target)], Agreed);

        TestFiles.Codec.Probe(result.Outputs.ShouldHaveSingleItem().File).DigitalSourceType.ShouldBe(DigitalSource.CompositeSynthetic.Uri());
        result.Engine.Confidence!.Value.ShouldBeInRange(0.5, 1);
    }

    [Theory]
    [InlineData(PixelFormat.Rgba)]
    [InlineData(PixelFormat.Rgb)]
    public async Task The_targets_format_and_alpha_stay(PixelFormat format)
    {
        var target = Target.As(format);

        var result = await studio.PictureAsync("face-swap", Agreed, ("source", Source.As(PixelFormat.Rgba)), ("target", target));

        result.Format.ShouldBe(format);
        PictureDifference.Between(result, target).Differing.ShouldBeGreaterThan(5_000);
    }

    [Fact]
    public void A_spline_takes_its_points_where_they_go_and_keeps_lines_when_they_all_move_alike()
    {
        Vector2[] from = [new(0, 0), new(1, 0), new(0, 1), new(1, 1), new(0.4f, 0.6f)];
        Vector2[] to = [new(10, 10), new(20, 11), new(9, 22), new(22, 21), new(14, 15)];
        var spline = new ThinPlateSpline(from, to);
        for (var i = 0; i < from.Length; i++) Vector2.Distance(spline.Map(from[i]), to[i]).ShouldBeLessThan(1e-3f);

        var affine = new ThinPlateSpline(from, [.. from.Select(point => new Vector2((2 * point.X) - point.Y + 3, point.X + (4 * point.Y)))]);
        Vector2.Distance(affine.Map(new(3, 5)), new(4, 23)).ShouldBeLessThan(1e-2f);
        Should.Throw<ArgumentException>(() => new ThinPlateSpline([new(0, 0), new(1, 1), new(2, 2)], [new(0, 0), new(1, 1), new(2, 2)]));
    }

    private Task<Picture> SwapAsync(Picture source, Picture target) =>
        studio.PictureAsync("face-swap", Agreed, ("source", source), ("target", target));
}
