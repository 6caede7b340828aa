using System.Text.Json;
using PhotoStudio.Core.Operations;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Core.Operations;

public sealed class ColorAndRatioParameterTests
{
    private static readonly ColorParameter Color = new("background", "A colour.");
    private static readonly AspectRatioParameter Ratio = new("aspect_ratio", "A ratio.");

    [Theory]
    [InlineData("#fa0", 255, 170, 0, 255)]
    [InlineData("#FFAA00", 255, 170, 0, 255)]
    [InlineData("#01020304", 1, 2, 3, 4)]
    [InlineData(" White ", 255, 255, 255, 255)]
    [InlineData("green", 0, 128, 0, 255)]
    [InlineData("transparent", 0, 0, 0, 0)]
    public void A_colour_reads_as_css_has_it(string text, byte red, byte green, byte blue, byte alpha)
    {
        var color = Color.Read(RawValue.FromText(text), out var fault).ShouldBeOfType<RgbaColor>();

        fault.ShouldBeNull();
        color.ShouldBe(new RgbaColor(red, green, blue, alpha));
        Color.Read(RawValue.FromText(Color.Write(color).GetValue<string>()), out _).ShouldBe(color);
    }

    [Theory]
    [InlineData("fff")]
    [InlineData("#ff")]
    [InlineData("#fffff")]
    [InlineData("#ggg")]
    [InlineData("#-12345")]
    [InlineData("rebeccapurple")]
    public void What_is_no_colour_is_refused(string text)
    {
        Color.Read(RawValue.FromText(text), out var fault);

        fault.ShouldNotBeNull().ShouldStartWith("must be #rgb, #rrggbb, #rrggbbaa");
    }

    [Theory]
    [InlineData("16:9", 1920, 1200, 1920, 1080)]
    [InlineData("9/16", 1920, 1200, 675, 1200)]
    [InlineData("1:1", 3, 5, 3, 3)]
    [InlineData(" 2.39 : 1 ", 2390, 2000, 2390, 1000)]
    [InlineData("100:1", 10, 10, 10, 1)]
    [InlineData("1:100", 10, 10, 1, 10)]
    public void The_largest_box_of_a_ratio_lies_inside(string text, int width, int height, int boxWidth, int boxHeight)
    {
        var ratio = Ratio.Read(RawValue.FromText(text), out var fault).ShouldBeOfType<AspectRatio>(fault);

        ratio.LargestWithin(width, height).ShouldBe((boxWidth, boxHeight));
        Ratio.Read(RawValue.FromText(Ratio.Write(ratio).GetValue<string>()), out _).ShouldBe(ratio);
    }

    [Theory]
    [InlineData("16")]
    [InlineData("16:9:4")]
    [InlineData("0:1")]
    [InlineData("-1:1")]
    [InlineData("NaN:1")]
    [InlineData("1e308:1")]
    [InlineData("101:1")]
    [InlineData("wide")]
    public void What_is_no_ratio_is_refused(string text)
    {
        Ratio.Read(RawValue.FromText(text), out var fault);

        fault.ShouldNotBeNull();
    }

    [Fact]
    public void A_number_is_neither()
    {
        using var json = JsonDocument.Parse("7");

        Color.Read(RawValue.FromJson(json.RootElement), out var colorFault);
        Ratio.Read(RawValue.FromJson(json.RootElement), out var ratioFault);

        colorFault.ShouldNotBeNull();
        ratioFault.ShouldNotBeNull();
    }
}
