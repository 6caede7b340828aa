using System.Text.Json;
using System.Text.Json.Nodes;
using PhotoStudio.Core.Faces;
using PhotoStudio.Imaging;
using PhotoStudio.Inference.Networks.Detection;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;
using static PhotoStudio.Tests.Inference.Networks.PlainReference;

namespace PhotoStudio.Tests.Inference.Networks;

/// <summary>
/// The engines with the published detectors, through the whole of inference, against <see cref="PlainReference"/> and against what OpenCV's
/// own dnn module answered (4.6.0, by a script with the publishers' decoding). Where the files lie beside the repository.
/// </summary>
public sealed class PublishedDetectorTests(SharedModels studio) : IClassFixture<SharedModels>
{
    /// <summary>Photographs, and the sizes they are brought to: as they are, large, small, very wide.</summary>
    public static TheoryData<string, int, int> Pictures => new()
    {
        { "astronaut.png", 512, 512 },
        { "astronaut.png", 1500, 1100 },
        { "astronaut.png", 333, 421 },
        { "coffee.png", 600, 400 },
        { "chelsea.png", 451, 300 },
        { "rocket.jpg", 1281, 427 },
    };

    [Theory]
    [MemberData(nameof(Pictures))]
    public async Task Yunet_finds_the_same_faces_with_the_same_landmarks(string photo, int width, int height)
    {
        if (SharedModels.Find("face_detection_yunet_2023mar.onnx") is not { } model || Load(photo, width, height) is not { } picture) return;

        var faces = await FacesAsync(studio, "yunet", picture);

        var expected = Yunet(model, picture);
        faces.Count.ShouldBe(expected.Count);
        foreach (var (face, reference) in faces.Zip(expected))
        {
            Overlap(Corners(face.Box), Inside(reference, picture)).ShouldBeGreaterThanOrEqualTo(0.99f);
            face.Score.ShouldBe(reference.Score, 0.002);
            face.LandmarksEstimated.ShouldBeFalse();
            foreach (var (point, (x, y)) in Points(face.Landmarks).Zip(reference.Points))
            {
                point.X.ShouldBe(x, 0.5);
                point.Y.ShouldBe(y, 0.5);
            }
        }
    }

    [Fact]
    public async Task Yunet_agrees_with_opencv_on_the_astronaut()
    {
        if (SharedModels.Find("face_detection_yunet_2023mar.onnx") is null || SharedModels.Photo("astronaut.png") is not { } picture) return;

        var face = (await FacesAsync(studio, "yunet", picture)).ShouldHaveSingleItem();

        Overlap(Corners(face.Box), new(178.167f, 62.908f, 268.067f, 176.24f, 0, 0, [])).ShouldBeGreaterThanOrEqualTo(0.99f);
        face.Score.ShouldBe(0.932, 0.002);
        (double X, double Y)[] points = [(200.116, 101.82), (247.134, 102.619), (220.367, 124.545), (198.613, 142.774), (239.668, 143.638)];
        foreach (var (point, (x, y)) in Points(face.Landmarks).Zip(points))
        {
            point.X.ShouldBe(x, 0.5);
            point.Y.ShouldBe(y, 0.5);
        }
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public async Task Ultraface_finds_the_same_faces(string photo, int width, int height)
    {
        if (SharedModels.Find("ultraface_version-RFB-320.onnx") is not { } model || Load(photo, width, height) is not { } picture) return;

        await using var pinned = await PinnedAsync("detect-faces", "ultraface");
        var faces = await FacesAsync(pinned, "ultraface", picture);

        var expected = UltraFace(model, picture);
        faces.Count.ShouldBe(expected.Count);
        foreach (var (face, reference) in faces.Zip(expected))
        {
            Overlap(Corners(face.Box), Inside(reference, picture)).ShouldBeGreaterThanOrEqualTo(0.99f);
            face.Score.ShouldBe(reference.Score, 0.002);
        }
    }

    [Fact]
    public async Task Ultraface_agrees_with_opencv_on_the_astronaut_and_its_landmarks_are_marked_as_estimated()
    {
        if (SharedModels.Find("ultraface_version-RFB-320.onnx") is null || SharedModels.Photo("astronaut.png") is not { } picture) return;

        await using var pinned = await PinnedAsync("detect-faces", "ultraface");
        var face = (await FacesAsync(pinned, "ultraface", picture)).ShouldHaveSingleItem();

        Overlap(Corners(face.Box), new(178.986f, 62.764f, 269.341f, 173.425f, 0, 0, [])).ShouldBeGreaterThanOrEqualTo(0.99f);
        face.Score.ShouldBe(1, 0.001);
        face.LandmarksEstimated.ShouldBeTrue();
        face.Landmarks.LeftEye.X.ShouldBe(200, 8);
        face.Landmarks.LeftEye.Y.ShouldBe(102, 8);
        face.Landmarks.RightEye.X.ShouldBe(247, 8);
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public async Task Fastestdet_finds_the_same_objects(string photo, int width, int height)
    {
        // Enlarging by area is another matter: OpenCV then interpolates.
        if (SharedModels.Find("fastestdet.onnx") is not { } model || width < 352 || height < 352) return;
        if (Load(photo, width, height) is not { } picture) return;

        var objects = await ObjectsAsync(picture);

        var expected = FastestDet(model, picture, 0.3f).Take(20).ToList();
        objects.Select(found => found.Label).ShouldBe(expected.Select(found => CocoLabels.All[found.Class]));
        foreach (var (found, reference) in objects.Zip(expected))
        {
            Overlap(found.Box, Inside(reference, picture)).ShouldBeGreaterThanOrEqualTo(0.99f);
            found.Box.Score.ShouldBe(reference.Score, 0.002f);
        }
    }

    [Fact]
    public async Task Fastestdet_agrees_with_opencv_on_the_cat_and_the_coffee()
    {
        if (SharedModels.Find("fastestdet.onnx") is null) return;
        if (SharedModels.Photo("chelsea.png") is not { } cat || SharedModels.Photo("coffee.png") is not { } coffee) return;

        ShouldBe(await ObjectsAsync(cat), cat, [("cat", -18.329f, -8.794f, 422.97f, 290.232f, 0.823f), ("frisbee", 139.691f, 89.678f, 207.979f, 143.32f, 0.408f)]);
        ShouldBe(await ObjectsAsync(coffee), coffee,
        [
            ("cup", 168.458f, 16.541f, 415.274f, 233.857f, 0.807f), ("cup", 15.855f, -7.276f, 571.474f, 382.306f, 0.669f),
            ("bowl", 319.111f, 240.011f, 403.167f, 326.819f, 0.572f), ("spoon", 372.157f, 129.382f, 484.127f, 330.548f, 0.43f),
        ]);

        static void ShouldBe(
            List<(string Label, Found Box)> objects, Picture picture, (string Label, float Left, float Top, float Right, float Bottom, float Score)[] expected)
        {
            objects.Select(found => found.Label).ShouldBe(expected.Select(found => found.Label));
            foreach (var (found, reference) in objects.Zip(expected))
            {
                var box = new Found(reference.Left, reference.Top, reference.Right, reference.Bottom, reference.Score, 0, []);
                Overlap(found.Box, Inside(box, picture)).ShouldBeGreaterThanOrEqualTo(0.99f);
                found.Box.Score.ShouldBe(reference.Score, 0.01f);
            }
        }
    }

    [Fact]
    public async Task A_model_takes_over_when_it_is_installed_and_the_report_names_it()
    {
        if (SharedModels.Folder is null) return;
        var result = await studio.RunAsync("detect-faces", [("image", TestPictures.Photo(200, 160, seed: 1))], "{}");
        (result.Engine.Engine, result.Engine.Model).ShouldBe(("yunet", "yunet"));

        await using var builtin = await PinnedAsync("detect-faces", "builtin");
        (await builtin.RunAsync("detect-faces", [("image", TestPictures.Photo(200, 160, seed: 1))], "{}")).Engine.Engine.ShouldBe("portrait-geometry");
    }

    private static Picture? Load(string photo, int width, int height) =>
        SharedModels.Photo(photo) is { } picture ? TestFiles.Codec.Resize(picture, new(width, height, PhotoStudio.Imaging.Codecs.FitMode.Fill)) : null;

    private static async Task<PinnedModels> PinnedAsync(string operation, string engine)
    {
        var studio = new PinnedModels(operation, engine);
        await studio.InitializeAsync();
        return studio;
    }

    private static async Task<IReadOnlyList<DetectedFace>> FacesAsync(OperationUnderTest studio, string engine, Picture picture)
    {
        var result = await studio.RunAsync("detect-faces", [("image", picture)], "{}");
        result.Engine.Engine.ShouldBe(engine);
        return JsonSerializer.Deserialize(result.Data!, DetectedFacesJson.Default.DetectedFaces)!.Faces;
    }

    private async Task<List<(string Label, Found Box)>> ObjectsAsync(Picture picture)
    {
        var result = await studio.RunAsync("detect-objects", [("image", picture)], "{}");
        result.Engine.Engine.ShouldBe("fastestdet");
        var objects = JsonNode.Parse(result.Data!)!["objects"]!.AsArray();
        return
        [
            .. objects.Select(found =>
            {
                var box = found!["box"]!;
                float x = (float)box["x"]!, y = (float)box["y"]!;
                return ((string)found["label"]!, new Found(x, y, x + (float)box["width"]!, y + (float)box["height"]!, (float)found["score"]!, 0, []));
            }),
        ];
    }

    private static Found Corners(DetectedBox box) =>
        new((float)box.X, (float)box.Y, (float)(box.X + box.Width), (float)(box.Y + box.Height), 0, 0, []);

    private static DetectedPoint[] Points(DetectedLandmarks landmarks) =>
        [landmarks.LeftEye, landmarks.RightEye, landmarks.Nose, landmarks.MouthLeft, landmarks.MouthRight];

    /// <summary>The studio with the published models and one operation pinned to an engine.</summary>
    private sealed class PinnedModels(string operation, string engine) : OperationUnderTest, IAsyncDisposable
    {
        protected override InferenceSetup Setup => new(Settings: new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Device"] = "cpu",
            ["Models:Path"] = SharedModels.Folder,
            [$"Engines:{operation}"] = engine,
        });

        async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();
    }
}
