using System.Text.Json;
using PhotoStudio.Core.Operations;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Core.Operations;

public sealed class OperationParametersTests
{
    private static readonly Operation ResizeOperation = OperationCatalog.Get("resize");

    [Fact]
    public void Every_fault_is_reported_at_once_under_the_name_the_caller_used()
    {
        var faults = new FaultList();

        var parameters = OperationParameters.Read(
            ResizeOperation,
            [
                Text("width", "0"), Text("height", "tall"), Text("mode", "sideways"), Json("enlarge", "3"),
                Json("output_quality", "1.5"), Text("colour", "red"),
            ],
            faults);

        parameters.ShouldBeNull();
        faults.ToDictionary().Keys.ShouldBe(["colour", "enlarge", "height", "mode", "output_quality", "width"]);
        faults.ToDictionary()["width"].ShouldBe(["must be from 1 to 16384, not 0."]);
        faults.ToDictionary()["mode"].ShouldBe(["must be one of: fit, fill, exact."]);
    }

    [Fact]
    public void Text_and_json_read_the_same()
    {
        var fromText = Read(Text("width", "640"), Text("mode", "FILL"), Text("height", "480"), Text("enlarge", "no"));
        var fromJson = Read(Json("width", "640"), Json("mode", "\"fill\""), Json("height", "480"), Json("enlarge", "false"));

        fromText.ToJson().ShouldBe(fromJson.ToJson());
        fromText.Get(Resize.Mode).ShouldBe(ResizeMode.Fill);
        fromText.Get(Resize.Enlarge).ShouldBeFalse();
    }

    [Theory]
    [InlineData("640.0")]
    [InlineData("6.4e2")]
    public void A_json_number_without_a_fraction_is_whole_however_it_is_written(string number) =>
        Read(Json("width", number)).Get(Resize.Width).ShouldBe(640);

    [Theory]
    [InlineData("640.5")]
    [InlineData("1e30")]
    [InlineData("1e-400")]
    public void A_json_number_that_is_not_whole_or_far_too_large_is_a_fault(string number)
    {
        var faults = new FaultList();
        OperationParameters.Read(ResizeOperation, [Json("width", number)], faults).ShouldBeNull();
        faults.ToDictionary().Keys.ShouldBe(["width"]);
    }

    [Fact]
    public void Aliases_and_other_spellings_mean_the_same()
    {
        var parameters = Read(Text("width", "10"), Text("height", "10"), Text("fit", "cover"), Text("format", "jpg"));

        parameters.Get(Resize.Mode).ShouldBe(ResizeMode.Fill);
        parameters.Get(OutputParameters.Format).ShouldBe(OutputFormat.Jpeg);
    }

    [Fact]
    public void Blank_text_and_null_count_as_absent()
    {
        var parameters = Read(Text("width", "10"), Text("height", " "), Json("output_quality", "null"));

        parameters.Find(Resize.Height).ShouldBeNull();
        parameters.Find(OutputParameters.Quality).ShouldBeNull();
    }

    [Fact]
    public void What_is_written_reads_back_the_same()
    {
        var parameters = Read(Text("height", "77"), Text("output_format", "webp"), Text("output_quality", "80"));

        OperationParameters.FromJson(ResizeOperation, parameters.ToJson()).ToJson().ShouldBe(parameters.ToJson());
    }

    [Theory]
    [InlineData("width", "1e3")]
    [InlineData("width", "99999999999999999999")]
    [InlineData("width", "NaN")]
    [InlineData("width", "0x10")]
    public void Odd_numbers_are_refused(string name, string value)
    {
        var faults = new FaultList();

        OperationParameters.Read(ResizeOperation, [Text(name, value)], faults).ShouldBeNull();
        faults.Has(name).ShouldBeTrue();
    }

    [Fact]
    public void Fill_needs_both_sides()
    {
        var faults = new FaultList();

        OperationParameters.Read(ResizeOperation, [Text("width", "10"), Text("mode", "fill")], faults).ShouldBeNull();
        faults.ToDictionary()["height"].ShouldBe(["is required with mode fill and mode exact."]);
    }

    [Fact]
    public void A_cutout_cannot_be_a_jpeg_but_a_matte_can()
    {
        var operation = OperationCatalog.Get("remove-background");
        var faults = new FaultList();

        OperationParameters.Read(operation, [Text("output_format", "jpeg")], faults).ShouldBeNull();
        faults.Has("output_format").ShouldBeTrue();
        OperationParameters.Read(operation, [Text("output_format", "jpeg"), Text("result", "matte")], new FaultList()).ShouldNotBeNull();
    }

    [Fact]
    public void Unknown_names_can_be_passed_over()
    {
        var faults = new FaultList();

        OperationParameters.Read(ResizeOperation, [Text("width", "10"), Text("title", "x")], faults, rejectUnknown: false).ShouldNotBeNull();
        faults.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void The_schema_says_type_range_and_default()
    {
        var schema = ResizeOperation.ParameterSchema();

        schema["properties"]!["width"]!["minimum"]!.GetValue<int>().ShouldBe(1);
        schema["properties"]!["mode"]!["default"]!.GetValue<string>().ShouldBe("fit");
        schema["properties"]!["mode"]!["enum"]!.AsArray().Count.ShouldBe(3);
    }

    private static OperationParameters Read(params KeyValuePair<string, RawValue>[] given)
    {
        var faults = new FaultList();
        return OperationParameters.Read(ResizeOperation, given, faults).ShouldNotBeNull(faults.ToString());
    }

    private static KeyValuePair<string, RawValue> Text(string name, string value) => new(name, RawValue.FromText(value));

    private static KeyValuePair<string, RawValue> Json(string name, string json)
    {
        using var document = JsonDocument.Parse(json);
        return new(name, RawValue.FromJson(document.RootElement.Clone()));
    }
}
