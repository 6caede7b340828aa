using System.Text.Json;
using PhotoStudio.Core.Operations;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Core.Operations;

public sealed class RegionParametersTests
{
    private static readonly Operation Removal = OperationCatalog.Get("object-removal");

    [Theory]
    [InlineData("""{"x":10,"y":20,"width":30,"height":40}""")]
    [InlineData("""[{"x":10,"y":20,"width":30,"height":40}]""")]
    [InlineData("[10,20,30,40]")]
    [InlineData("[[10,20,30,40]]")]
    public void A_box_is_read_in_every_form(string json)
    {
        PixelBox[] expected = [new(10, 20, 30, 40)];
        Read(("boxes", Json(json))).Get(RegionParameters.Boxes).ShouldBe(expected);
        Read(("box", RawValue.FromText(json))).Get(RegionParameters.Boxes).ShouldBe(expected);
    }

    [Fact]
    public void Boxes_in_a_query_are_separated_by_semicolons() =>
        Read(("boxes", RawValue.FromText("10,20,30,40; 1.5,2,3,4"))).Get(RegionParameters.Boxes).ShouldBe([new(10, 20, 30, 40), new(1.5, 2, 3, 4)]);

    [Theory]
    [InlineData("[[1,2],[30,4],[5,60]]")]
    [InlineData("""[{"x":1,"y":2},{"x":30,"y":4},{"x":5,"y":60}]""")]
    [InlineData("1,2 30,4 5,60")]
    [InlineData("1 2 30 4 5 60")]
    public void A_polygon_is_read_in_every_form(string text) =>
        Read(("polygon", RawValue.FromText(text))).Get(RegionParameters.Polygon).ShouldBe([new(1, 2), new(30, 4), new(5, 60)]);

    [Theory]
    [InlineData("boxes", "10,20,30", "must be boxes")]
    [InlineData("boxes", "[[1,2,3]]", "must be boxes")]
    [InlineData("boxes", "[]", "1 to 64 boxes")]
    [InlineData("boxes", "{\"x\":1,\"y\":2,\"width\":3}", "must be boxes")]
    [InlineData("boxes", "10,20,0,40", "wider and higher than 0")]
    [InlineData("boxes", "10,20,5,1e9", "coordinates")]
    [InlineData("boxes", "10,20,5,NaN", "must be boxes")]
    [InlineData("polygon", "1,2 3,4", "3 to 2,000 corners")]
    [InlineData("polygon", "1,2 3,4 5", "must be corners")]
    [InlineData("polygon", "[[1,2],[3,4],[5]]", "must be corners")]
    [InlineData("polygon", "a b c", "must be corners")]
    [InlineData("dilate", "257", "from 0 to 256")]
    [InlineData("feather", "-1", "from 0 to 128")]
    [InlineData("mask_marks", "black", "must be one of: white, transparent")]
    public void What_makes_no_sense_is_a_fault(string name, string text, string message)
    {
        var faults = new FaultList();
        OperationParameters.Read(Removal, [KeyValuePair.Create(name, RawValue.FromText(text))], faults).ShouldBeNull();
        faults.ToDictionary()[name].ShouldHaveSingleItem().ShouldContain(message);
    }

    [Fact]
    public void Too_many_boxes_are_a_fault()
    {
        var faults = new FaultList();
        var many = string.Join(';', Enumerable.Repeat("1,2,3,4", 65));
        OperationParameters.Read(Removal, [KeyValuePair.Create("boxes", RawValue.FromText(many))], faults).ShouldBeNull();
        faults.ToDictionary()["boxes"].ShouldHaveSingleItem().ShouldContain("65");
    }

    [Fact]
    public void What_is_stored_reads_back_the_same()
    {
        var parameters = Read(("boxes", RawValue.FromText("10,20,30,40.5")), ("polygon", RawValue.FromText("1,2 30,4 5,60")));
        OperationParameters.FromJson(Removal, parameters.ToJson()).ToJson().ShouldBe(parameters.ToJson());
    }

    [Fact]
    public void Something_has_to_say_which_region_is_meant()
    {
        Inputs(Read(), "image").Keys.ShouldBe(["mask"]);
        Inputs(Read(), "image", "mask").ShouldBeEmpty();
        Inputs(Read(("boxes", RawValue.FromText("1,2,3,4"))), "image").ShouldBeEmpty();
        Inputs(Read(("polygon", RawValue.FromText("1,2 30,4 5,60"))), "image").ShouldBeEmpty();
        Inputs(Read(("boxes", RawValue.FromText("1,2,3,4"))), "image", "mask").ShouldBeEmpty();
    }

    [Fact]
    public void How_a_mask_is_read_goes_with_a_mask_only() =>
        Inputs(Read(("boxes", RawValue.FromText("1,2,3,4")), ("mask_marks", RawValue.FromText("transparent"))), "image").Keys.ShouldBe(["mask_marks"]);

    [Fact]
    public void A_mask_of_another_size_and_regions_outside_the_picture_are_faults_all_at_once()
    {
        var parameters = Read(("boxes", RawValue.FromText("640,0,10,10;0,0,5,5")), ("polygon", RawValue.FromText("-9,-9 -1,-9 -9,-1")));
        var faults = new FaultList();

        Removal.CheckSizes(parameters, [new("image", 640, 480), new("mask", 480, 640)], faults);

        faults.ToDictionary().Keys.ShouldBe(["boxes", "mask", "polygon"]);
        faults.ToDictionary()["mask"].ShouldBe(["must have the picture's size, 640×480 pixels; it has 480×640."]);
        faults.ToDictionary()["boxes"].ShouldBe(["has a box outside the picture of 640×480 pixels: 10×10 at (640, 0)."]);
    }

    private static IDictionary<string, string[]> Inputs(OperationParameters parameters, params string[] slots)
    {
        var faults = new FaultList();
        Removal.CheckInputs(parameters, slots, faults);
        return faults.ToDictionary();
    }

    private static OperationParameters Read(params (string Name, RawValue Value)[] given)
    {
        var faults = new FaultList();
        return OperationParameters.Read(Removal, given.Select(entry => KeyValuePair.Create(entry.Name, entry.Value)), faults).ShouldNotBeNull(faults.ToString());
    }

    private static RawValue Json(string json) => RawValue.FromJson(JsonSerializer.Deserialize<JsonElement>(json));
}
