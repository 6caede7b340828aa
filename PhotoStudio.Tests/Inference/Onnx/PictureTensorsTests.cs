using PhotoStudio.Imaging;
using PhotoStudio.Inference.Onnx;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Onnx;

public sealed class PictureTensorsTests
{
    private static readonly TensorForm ImageNet =
        new(ChannelOrder.Rgb) { Mean = [0.485f, 0.456f, 0.406f], Deviation = [0.229f, 0.224f, 0.225f] };

    public static TheoryData<PixelFormat, ChannelOrder, int> Cases
    {
        get
        {
            TheoryData<PixelFormat, ChannelOrder, int> cases = [];
            foreach (var format in Enum.GetValues<PixelFormat>())
            {
                foreach (var order in Enum.GetValues<ChannelOrder>())
                {
                    foreach (var width in (int[])[1, 15, 16, 17, 53]) cases.Add(format, order, width);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_value_is_its_sample_scaled_and_normalised(PixelFormat format, ChannelOrder order, int width)
    {
        var picture = TestPictures.Static(width, 5, seed: width, format);
        TensorForm form = order == ChannelOrder.Gray
            ? new(order) { Mean = [0.25f], Deviation = [0.5f] }
            : new(order) { Mean = [0.1f, 0.2f, 0.3f], Deviation = [0.5f, 0.25f, 2] };
        var tensor = PictureTensors.FromPicture(picture, form, width + 3, 7, padding: 114);
        tensor.Shape.ShouldBe([1, form.Channels, 7, width + 3]);

        var plain = picture.As(order == ChannelOrder.Gray ? PixelFormat.Gray : PixelFormat.Rgb);
        for (var c = 0; c < form.Channels; c++)
        {
            for (var y = 0; y < 7; y++)
            {
                for (var x = 0; x < width + 3; x++)
                {
                    var at = order == ChannelOrder.Bgr ? 2 - c : c;
                    var sample = x < width && y < 5 ? plain.Row(y)[(x * plain.Channels) + at] : 114;
                    var expected = ((sample / 255f) - form.Mean[c]) / form.Deviation[c];
                    tensor.Values[(((c * 7) + y) * (width + 3)) + x].ShouldBe(expected, 1e-5f, $"channel {c} at {x}, {y}");
                }
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(37)]
    public void There_and_back_gives_the_same_samples(int width)
    {
        TensorForm[] forms = [new(ChannelOrder.Rgb), new(ChannelOrder.Bgr, 1), ImageNet, new(ChannelOrder.Gray)];
        foreach (var form in forms)
        {
            var picture = TestPictures.Static(width, 9, seed: 3, form.Channels == 1 ? PixelFormat.Gray : PixelFormat.Rgb);
            var tensor = PictureTensors.FromPicture(picture, form);
            var back = PictureTensors.ToPicture(tensor.Values, width, 9, form);
            back.Format.ShouldBe(picture.Format);
            back.Samples.ShouldBe(picture.Samples, $"{form}");
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(32)]
    public void Values_outside_the_range_are_clamped_and_rounded(int width)
    {
        (float Value, byte Sample)[] cases =
        [
            (-1, 0), (2, 255), (float.NaN, 0), (float.PositiveInfinity, 255), (float.NegativeInfinity, 0),
            (100.4f / 255, 100), (100.6f / 255, 101),
        ];
        foreach (var (value, sample) in cases)
        {
            var values = Enumerable.Repeat(value, width * 3).ToArray();
            PictureTensors.ToPicture(values, width, 1, new(ChannelOrder.Rgb)).Samples.ShouldAllBe(each => each == sample, $"{value}");
        }
    }

    [Fact]
    public void A_tensor_of_another_size_is_refused() =>
        Should.Throw<ArgumentException>(() => PictureTensors.ToPicture(new float[11], 2, 2, new(ChannelOrder.Rgb)));
}
