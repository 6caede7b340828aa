using PhotoStudio.Imaging;
using PhotoStudio.Inference.Onnx;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Onnx;

/// <summary>Published models, where they lie beside the repository.</summary>
public sealed class RealModelTests : IDisposable
{
    private const int Side = 640;

    private static readonly int[] Strides = [8, 16, 32];

    private readonly OnnxSessionsUnderTest _sessions = new();

    public void Dispose() => _sessions.Dispose();

    [Fact]
    public async Task Super_resolution_makes_a_picture_three_times_as_large_that_looks_like_it()
    {
        if (SharedFolder.Find("models", "super_resolution_x3_y.onnx") is not { } path) return;

        var large = TestPictures.Photo(672, 672, seed: 7).As(PixelFormat.Gray);
        var small = TestFiles.Codec.Resize(large, new(224, 224));
        OnnxModel model = new(path, [new("input", 1, 1, 224, 224)], [new("output", 1, 1, 672, 672)]);
        using var session = await _sessions.Store.AcquireAsync(model, CancellationToken.None);
        TensorForm form = new(ChannelOrder.Gray);
        Picture Enlarge()
        {
            using var outputs = session.Run([("input", PictureTensors.FromPicture(small, form))], ["output"], CancellationToken.None);
            outputs.Shape("output").ShouldBe([1, 1, 672, 672]);
            return PictureTensors.ToPicture(outputs.Values("output"), 672, 672, form);
        }

        var enlarged = Enlarge();
        Enlarge().Samples.ShouldBe(enlarged.Samples, "the same every time");

        // It was trained to undo a shrinking, so it is nearer to the original than plain enlarging.
        Difference(enlarged, large).ShouldBeLessThan(12);
        Difference(TestFiles.Codec.Resize(enlarged, new(224, 224)), small).ShouldBeLessThan(4);
    }

    [Fact]
    public async Task Yunet_finds_the_face_of_the_astronaut()
    {
        if (SharedFolder.Find("models", "face_detection_yunet_2023mar.onnx") is not { } path) return;
        if (SharedFolder.Find("photos", "astronaut.png") is not { } photo) return;

        var picture = TestFiles.Decode(await File.ReadAllBytesAsync(photo)).As(PixelFormat.Rgb);
        var faces = await FindFacesAsync(path, picture);
        var best = faces.MaxBy(face => face.Score);
        best.Score.ShouldBeGreaterThan(0.8f);

        // The 512 × 512 photograph shows her face at about x 175–270, y 65–200.
        picture.Width.ShouldBe(512);
        (best.X + (best.Width / 2)).ShouldBeInRange(200, 250);
        (best.Y + (best.Height / 2)).ShouldBeInRange(90, 160);
        best.Width.ShouldBeInRange(60, 130);
        best.Height.ShouldBeInRange(80, 170);
    }

    [Fact]
    public async Task Yunet_finds_no_face_where_there_is_none()
    {
        if (SharedFolder.Find("models", "face_detection_yunet_2023mar.onnx") is not { } path) return;

        (await FindFacesAsync(path, TestPictures.Gradient(512, 400))).ShouldAllBe(face => face.Score < 0.6f);
    }

    // The decoding of OpenCV's face_detect.cpp: per cell a score and a box about its centre.
    private async Task<List<Face>> FindFacesAsync(string path, Picture picture)
    {
        string[] outputs = [.. Strides.SelectMany(stride => new[] { $"cls_{stride}", $"obj_{stride}", $"bbox_{stride}" })];
        var signatures = outputs.Select(name => new TensorSignature(name, 1, null, null));
        OnnxModel model = new(path, [new("input", 1, 3, Side, Side)], [.. signatures]);
        using var session = await _sessions.Store.AcquireAsync(model, CancellationToken.None);

        var tensor = PictureTensors.FromPicture(picture, new(ChannelOrder.Bgr, Scale: 1), Side, Side, padding: 0);
        using var results = session.Run([("input", tensor)], outputs, CancellationToken.None);
        List<Face> faces = [];
        foreach (var stride in Strides)
        {
            ReadOnlySpan<float> cls = results.Values($"cls_{stride}"), obj = results.Values($"obj_{stride}");
            var box = results.Values($"bbox_{stride}");
            for (var i = 0; i < cls.Length; i++)
            {
                var score = MathF.Sqrt(Math.Clamp(cls[i], 0, 1) * Math.Clamp(obj[i], 0, 1));
                float x = ((i % (Side / stride)) + box[4 * i]) * stride, y = ((i / (Side / stride)) + box[(4 * i) + 1]) * stride;
                float width = MathF.Exp(box[(4 * i) + 2]) * stride, height = MathF.Exp(box[(4 * i) + 3]) * stride;
                faces.Add(new(score, x - (width / 2), y - (height / 2), width, height));
            }
        }

        return faces;
    }

    private static double Difference(Picture a, Picture b) => a.Samples.Zip(b.Samples, (x, y) => Math.Abs(x - y)).Average();

    private readonly record struct Face(float Score, float X, float Y, float Width, float Height);
}
