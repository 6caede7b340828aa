using System.Text.Json;
using PhotoStudio.Core.Operations;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Core.Operations;

public sealed class GeometryParametersTests
{
    [Theory]
    [InlineData("rotate", """{"angle":1e308}""", "angle")]
    [InlineData("rotate", """{"angle":"NaN","expand":"perhaps","background":"blurple"}""", "angle", "background", "expand")]
    [InlineData("rotate", """{"angle":-360.5}""", "angle")]
    [InlineData("rotate", "{}", "angle")]
    [InlineData("flip", """{"direction":"sideways","output_quality":0}""", "direction", "output_quality")]
    [InlineData("crop", "{}", "height", "width")]
    [InlineData("crop", """{"x":-1,"y":-1,"width":0,"height":0,"gravity":"up"}""", "gravity", "height", "width", "x", "y")]
    [InlineData("crop", """{"x":1,"width":10}""", "height", "y")]
    [InlineData("crop", """{"x":1,"y":1,"width":10,"height":10,"aspect_ratio":"1:1"}""", "height", "width", "x", "y")]
    [InlineData("crop", """{"aspect_ratio":"0:1"}""", "aspect_ratio")]
    public void Every_fault_is_reported_at_once(string operation, string json, params string[] faulty)
    {
        var faults = new FaultList();
        using var document = JsonDocument.Parse(json);
        var given = document.RootElement.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, RawValue.FromJson(member.Value)));

        OperationParameters.Read(OperationCatalog.Get(operation), given, faults).ShouldBeNull();

        faults.ToDictionary().Keys.ShouldBe(faulty);
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("1e308")]
    [InlineData("1e999")]
    public void An_angle_that_is_no_angle_is_refused_as_text_too(string angle)
    {
        var faults = new FaultList();

        OperationParameters.Read(OperationCatalog.Get("rotate"), [KeyValuePair.Create("angle", RawValue.FromText(angle))], faults).ShouldBeNull();

        faults.Has("angle").ShouldBeTrue();
    }
}
