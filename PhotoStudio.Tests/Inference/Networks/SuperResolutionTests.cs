using Microsoft.ML.OnnxRuntime;
using PhotoStudio.Imaging;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Networks;

/// <summary>Upscaling by the published sub-pixel network, where its file lies beside the repository.</summary>
public sealed class SuperResolutionTests(SharedModels studio) : IClassFixture<SharedModels>
{
    // Pixels of the result along the borders where the publisher's way sees black around the picture, and the studio's the picture mirrored.
    private const int Border = 18;

    [Fact]
    public async Task A_picture_of_the_networks_size_is_its_luma_with_colours_by_bicubic_interpolation()
    {
        if (SharedModels.Find("super_resolution_x3_y.onnx") is not { } model || SharedModels.Photo("astronaut.png") is not { } photo) return;
        var picture = Part(photo, 140, 20, 224, 224);

        var result = await studio.RunAsync("upscale", [("image", picture)], """{"scale":3}""");

        (result.Engine.Engine, result.Engine.Model).ShouldBe(("sub-pixel-cnn", "super-resolution-x3"));
        var enlarged = TestFiles.Decode(result.Outputs[0].File);
        (enlarged.Width, enlarged.Height).ShouldBe((672, 672));
        var (most, mean) = Difference(enlarged, Reference(model, picture));
        most.ShouldBeLessThanOrEqualTo(1);
        mean.ShouldBeLessThan(0.05);
    }

    [Fact]
    public async Task The_luma_is_what_opencvs_dnn_module_computes()
    {
        if (SharedModels.Find("super_resolution_x3_y.onnx") is null || SharedModels.Photo("astronaut.png") is not { } photo) return;

        var result = await studio.PictureAsync("upscale", """{"scale":3}""", ("image", Part(photo, 140, 20, 224, 224).As(PixelFormat.Gray)));

        var luma = result.As(PixelFormat.Gray);
        foreach (var (x, y, level) in OpenCv.Where(point => Math.Min(point.X, point.Y) >= Border && Math.Max(point.X, point.Y) < 672 - Border))
            Math.Abs(luma.Row(y)[x] - level).ShouldBeLessThanOrEqualTo(1, $"at {x}, {y}");
    }

    [Theory]
    [InlineData(500, 300, 3)]
    [InlineData(260, 450, 2)]
    [InlineData(230, 90, 4.5)]
    public async Task Larger_pictures_have_no_seams_between_tiles(int width, int height, double scale)
    {
        if (SharedModels.Find("super_resolution_x3_y.onnx") is null) return;
        var picture = TestPictures.Photo(width, height, seed: 4);

        // The same content at another place of the grid of tiles.
        var shifted = Part(picture, 37, 21, width - 37, height - 21);
        var parameters = FormattableString.Invariant($$"""{"scale":{{scale}}}""");
        Picture whole = await studio.PictureAsync("upscale", parameters, ("image", picture)), part = await studio.PictureAsync("upscale", parameters, ("image", shifted));

        int left = (int)Math.Round(37 * scale), top = (int)Math.Round(21 * scale);
        if (Math.Abs(left - (37 * scale)) > 1e-9 || Math.Abs(top - (21 * scale)) > 1e-9) return;
        var margin = (int)(12 * scale);
        var worst = 0;
        for (var y = margin; y < part.Height - margin; y++)
        {
            for (var x = margin * 3; x < (part.Width - margin) * 3; x++)
                worst = Math.Max(worst, Math.Abs(part.Row(y)[x] - whole.Row(top + y)[(3 * left) + x]));
        }

        worst.ShouldBeLessThanOrEqualTo(1);
    }

    // What cv2.dnn (4.6.0) answers for Y = (299 R + 587 G + 114 B) / 1000 of the same 224×224 pixels.
    private static readonly (int X, int Y, int Level)[] OpenCv =
    [
        (37, 235, 179), (72, 645, 150), (144, 129, 126), (583, 508, 219), (390, 281, 104), (178, 276, 216), (254, 357, 210), (468, 252, 46),
        (490, 668, 53), (398, 562, 6), (580, 215, 196), (503, 478, 215), (86, 141, 98), (393, 7, 195), (319, 534, 0), (313, 513, 7),
        (316, 209, 204), (264, 653, 0), (627, 431, 211), (633, 456, 207), (542, 71, 201), (387, 454, 221), (561, 313, 203), (515, 497, 218),
    ];

    private static Picture Part(Picture picture, int left, int top, int width, int height)
    {
        var part = new Picture(width, height, PixelFormat.Rgb);
        for (var y = 0; y < height; y++) picture.Row(top + y).Slice(3 * left, 3 * width).CopyTo(part.Row(y));
        return part;
    }

    // The publisher's steps in plain code: Y through the network, Cb and Cr by bicubic interpolation (Keys, a = −½), back to RGB.
    private static Picture Reference(string model, Picture picture)
    {
        int width = picture.Width, height = picture.Height;
        double[] y = new double[width * height], cb = new double[width * height], cr = new double[width * height];
        for (var i = 0; i < y.Length; i++)
        {
            double r = picture.Samples[3 * i], g = picture.Samples[(3 * i) + 1], b = picture.Samples[(3 * i) + 2];
            y[i] = (0.299 * r) + (0.587 * g) + (0.114 * b);
            cb[i] = 0.5 * (b - y[i]) / (1 - 0.114);
            cr[i] = 0.5 * (r - y[i]) / (1 - 0.299);
        }

        using var session = new InferenceSession(model);
        using var value = OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(y, each => (float)(each / 255)), [1, 1, height, width]);
        using var options = new RunOptions();
        using var outputs = session.Run(options, ["input"], [value], ["output"]);
        var luma = outputs[0].GetTensorDataAsSpan<float>();
        var result = new Picture(3 * width, 3 * height, PixelFormat.Rgb);
        for (var row = 0; row < result.Height; row++)
        {
            for (var column = 0; column < result.Width; column++)
            {
                double level = 255 * luma[(row * result.Width) + column], blue = Bicubic(cb, width, height, column, row), red = Bicubic(cr, width, height, column, row);
                double r = level + (2 * (1 - 0.299) * red), b = level + (2 * (1 - 0.114) * blue), g = (level - (0.299 * r) - (0.114 * b)) / 0.587;
                var pixel = result.Row(row).Slice(3 * column, 3);
                (pixel[0], pixel[1], pixel[2]) = (Sample(r), Sample(g), Sample(b));
            }
        }

        return result;

        static byte Sample(double sample) => (byte)Math.Clamp(sample + 0.5, 0, 255);
    }

    private static double Bicubic(double[] plane, int width, int height, int column, int row)
    {
        double x = ((column + 0.5) / 3) - 0.5, y = ((row + 0.5) / 3) - 0.5, sum = 0;
        int left = (int)Math.Floor(x), top = (int)Math.Floor(y);
        for (var j = top - 1; j <= top + 2; j++)
        {
            for (var i = left - 1; i <= left + 2; i++) sum += Kernel(x - i) * Kernel(y - j) * plane[(Mirror(j, height) * width) + Mirror(i, width)];
        }

        return sum;

        static double Kernel(double t)
        {
            t = Math.Abs(t);
            return t <= 1 ? (1.5 * t * t * t) - (2.5 * t * t) + 1 : t < 2 ? (-0.5 * t * t * t) + (2.5 * t * t) - (4 * t) + 2 : 0;
        }

        static int Mirror(int at, int length) => at < 0 ? -1 - at : at >= length ? (2 * length) - 1 - at : at;
    }

    private static (int Most, double Mean) Difference(Picture a, Picture b)
    {
        int most = 0;
        long sum = 0;
        for (var y = Border; y < a.Height - Border; y++)
        {
            for (var x = 3 * Border; x < 3 * (a.Width - Border); x++)
            {
                var difference = Math.Abs(a.Row(y)[x] - b.Row(y)[x]);
                most = Math.Max(most, difference);
                sum += difference;
            }
        }

        return (most, sum / (double)a.Samples.Length);
    }
}
