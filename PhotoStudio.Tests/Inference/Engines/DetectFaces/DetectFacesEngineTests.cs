using System.Numerics;
using System.Text.Json;
using PhotoStudio.Benchmarks.Quality;
using PhotoStudio.Core.Faces;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Inference.Faces.Portraits;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Engines.DetectFaces;

public sealed class DetectFacesEngineTests(OperationUnderTest studio) : IClassFixture<OperationUnderTest>
{
    private static readonly DrawnPortrait Drawn = new();

    /// <summary>Portraits of several sizes, tilts and colours.</summary>
    public static TheoryData<string> Portraits => ["plain", "dark skin, tilted", "fair, noisy", "large", "low, tilted the other way"];

    [Theory]
    [MemberData(nameof(Portraits))]
    public async Task A_portrait_has_one_face_with_its_landmarks_in_place(string which)
    {
        var (portrait, width, height) = Of(which);

        var found = await FindAsync(portrait.Paint(width, height));

        (found.Width, found.Height).ShouldBe((width, height));
        var face = found.Faces.ShouldHaveSingleItem();
        face.Score.ShouldBeInRange(0.5, 1);
        var unit = portrait.EyeDistance;
        ShouldLieAt(face.Landmarks.LeftEye, portrait.LeftEye, 0.12f * unit);
        ShouldLieAt(face.Landmarks.RightEye, portrait.RightEye, 0.12f * unit);
        ShouldLieAt(face.Landmarks.Nose, portrait.Nose, 0.2f * unit);
        ShouldLieAt(face.Landmarks.MouthLeft, portrait.MouthLeft, 0.25f * unit);
        ShouldLieAt(face.Landmarks.MouthRight, portrait.MouthRight, 0.25f * unit);
        face.Box.X.ShouldBeInRange(0, face.Landmarks.LeftEye.X);
        (face.Box.X + face.Box.Width).ShouldBeInRange(face.Landmarks.RightEye.X, width);
        (face.Box.Y + face.Box.Height).ShouldBeInRange(face.Landmarks.MouthLeft.Y, height);
    }

    [Fact]
    public async Task Two_people_are_two_faces_and_max_faces_keeps_the_surest()
    {
        Picture left = Drawn.Paint(400, 400), right = (Drawn with { Skin = new(0.94f, 0.78f, 0.70f) }).Paint(400, 400);
        var both = TestPictures.Paint(800, 400, PixelFormat.Rgb, (x, y) =>
        {
            var row = (x < 400 ? left : right).Row(y).Slice(x % 400 * 3, 3);
            return new(row[0] / 255f, row[1] / 255f, row[2] / 255f);
        });

        (await FindAsync(both)).Faces.Select(face => face.Landmarks.Nose.X).Order().Select(x => (int)x / 400).ShouldBe([0, 1]);
        (await FindAsync(both, """{"max_faces":1}""")).Faces.Count.ShouldBe(1);
        (await FindAsync(both, """{"threshold":1}""")).Faces.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_exif_orientation_is_applied_first()
    {
        // Tag 6 shows the file turned by 90 degrees clockwise: the portrait stands upright only after that.
        var upright = Drawn.Paint(400, 400);
        var turned = TestPictures.Paint(400, 400, PixelFormat.Rgb, (x, y) =>
        {
            var sample = upright.Row(x).Slice((399 - y) * 3, 3);
            return new(sample[0] / 255f, sample[1] / 255f, sample[2] / 255f);
        });
        var file = TestFiles.Oriented(TestFiles.Encode(turned, PictureFormat.Jpeg, 95), 6);

        ShouldLieAt((await FindAsync(file)).Faces.ShouldHaveSingleItem().Landmarks.LeftEye, Drawn.LeftEye, 10);
    }

    [Fact]
    public async Task Alpha_does_not_hide_a_face_that_shows_nor_show_one_that_is_hidden()
    {
        var shown = Drawn.Paint(400, 400).As(PixelFormat.Rgba);
        var hidden = new Picture(400, 400, PixelFormat.Rgba, [.. shown.Samples]);
        for (var i = 3; i < hidden.Samples.Length; i += 4) hidden.Samples[i] = 0;

        (await FindAsync(shown)).Faces.Count.ShouldBe(1);
        (await FindAsync(hidden)).Faces.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Portraits))]
    public async Task A_gray_portrait_is_found_as_well(string which)
    {
        var (portrait, width, height) = Of(which);

        var face = (await FindAsync(portrait.Paint(width, height).As(PixelFormat.Gray))).Faces.ShouldHaveSingleItem();

        ShouldLieAt(face.Landmarks.LeftEye, portrait.LeftEye, 0.12f * portrait.EyeDistance);
        ShouldLieAt(face.Landmarks.RightEye, portrait.RightEye, 0.12f * portrait.EyeDistance);
    }

    [Fact]
    public async Task Light_eyes_in_a_dark_face_are_no_obstacle()
    {
        var portrait = Drawn with { Skin = new(0.40f, 0.27f, 0.20f), Hair = new(0.05f, 0.04f, 0.04f), Iris = new(0.10f, 0.07f, 0.05f) };

        ShouldLieAt((await FindAsync(portrait.Paint(400, 400))).Faces.ShouldHaveSingleItem().Landmarks.LeftEye, portrait.LeftEye, 10);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 300)]
    [InlineData(33, 20)]
    [InlineData(640, 9)]
    public async Task Any_size_works(int width, int height) =>
        (await FindAsync(TestPictures.Static(width, height, seed: 3))).Faces.ShouldBeEmpty();

    [Fact]
    public async Task Pictures_without_a_face_have_none()
    {
        foreach (var picture in (Picture[])
            [
                TestPictures.Solid(300, 300, new Rgb(220, 170, 140)), TestPictures.Photo(320, 240, seed: 1), TestPictures.Photo(320, 240, seed: 2),
                TestPictures.Texture(300, 300, seed: 4), TestPictures.Checkerboard(256, 256, 16), TestPictures.Gradient(200, 300),
            ])
        {
            (await FindAsync(picture)).Faces.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Photographs_are_told_apart()
    {
        if (SharedFolder.Find("photos", "astronaut.png") is not { } astronaut) return;

        var face = (await FindAsync(File.ReadAllBytes(astronaut))).Faces.ShouldHaveSingleItem();
        ShouldLieAt(face.Landmarks.LeftEye, new(202, 100), 6);
        ShouldLieAt(face.Landmarks.RightEye, new(249, 102), 6);
        ShouldLieAt(face.Landmarks.Nose, new(226, 122), 8);
        ShouldLieAt(face.Landmarks.MouthLeft, new(205, 142), 8);
        ShouldLieAt(face.Landmarks.MouthRight, new(243, 143), 8);
        foreach (var name in (string[])["chelsea.png", "coffee.png", "rocket.jpg"])
        {
            if (SharedFolder.Find("photos", name) is { } photo) (await FindAsync(File.ReadAllBytes(photo))).Faces.ShouldBeEmpty(name);
        }
    }

    [Fact]
    public void Cancelling_stops_the_search()
    {
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();

        Should.Throw<OperationCanceledException>(() => new PortraitFaceFinder().Find(Drawn.Paint(400, 400), cancel.Token));
    }

    private static (DrawnPortrait Portrait, int Width, int Height) Of(string which) => which switch
    {
        "plain" => (Drawn, 400, 400),
        "dark skin, tilted" => (Drawn with
        {
            Skin = new(0.55f, 0.38f, 0.28f),
            Hair = new(0.08f, 0.06f, 0.05f),
            EyeDistance = 60,
            Tilt = 0.15f,
            EyesMiddle = new(210, 180),
            Background = new(0.75f, 0.72f, 0.6f),
        }, 420, 400),
        "fair, noisy" => (Drawn with
        {
            Skin = new(0.94f, 0.78f, 0.70f), Hair = new(0.75f, 0.55f, 0.25f), MouthAt = 1.15f, EyeDistance = 50, Noise = 8,
        }, 400, 420),
        "large" => (Drawn with { EyeDistance = 160, EyesMiddle = new(512, 420) }, 1024, 1024),
        "low, tilted the other way" => (Drawn with { Tilt = -0.2f, EyesMiddle = new(240, 220), Background = new(0.2f, 0.3f, 0.2f) }, 480, 440),
        _ => throw new ArgumentOutOfRangeException(nameof(which)),
    };

    private static void ShouldLieAt(DetectedPoint actual, Vector2 expected, float within) =>
        Vector2.Distance(new((float)actual.X, (float)actual.Y), expected).ShouldBeLessThan(within, $"{actual} instead of {expected}");

    private Task<DetectedFaces> FindAsync(Picture picture, string parameters = "{}") =>
        FindAsync(TestFiles.Encode(picture, PictureFormat.Png), parameters);

    private async Task<DetectedFaces> FindAsync(byte[] file, string parameters = "{}")
    {
        var result = await studio.DataAsync("detect-faces", file, parameters);
        return JsonSerializer.Deserialize(result, DetectedFacesJson.Default.DetectedFaces)!;
    }
}
