using System.Net;
using System.Text.Json;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Operations;

/// <summary>Operations that take a second picture, by the example of a mask.</summary>
public sealed class SecondPictureTests(StudioHost studio) : IClassFixture<StudioHost>
{
    private const string Removal = "/api/v1/operations/object-removal";
    private static readonly Picture Plain = TestPictures.Solid(64, 48, new Rgb(40, 90, 140));
    private static readonly byte[] Spotted = TestFiles.Encode(WithSpot(), PictureFormat.Png);
    private static readonly byte[] Mask = TestFiles.Encode(Marked(64, 48), PictureFormat.Png);
    private static readonly string Base64 = Convert.ToBase64String(Spotted);
    private static readonly string MaskBase64 = Convert.ToBase64String(Mask);

    public static TheoryData<string, Func<HttpContent>> Forms => new()
    {
        { "two parts", () => Files(("image", Spotted), ("mask", Mask)) },
        { "two parts, the mask first", () => Files(("mask", Mask), ("image", Spotted)) },
        { "a part named mask_image", () => Files(("file", Spotted), ("mask_image", Mask)) },
        { "a part and base64", () => Http.Form(Spotted, fields: [("mask_base64", MaskBase64)]) },
        { "a part and a data URL", () => Http.Form(Spotted, fields: [("mask", "data:image/png;base64," + MaskBase64)]) },
        { "JSON", () => Http.Json($$"""{"image":"{{Base64}}","mask":"{{MaskBase64}}"}""") },
        { "JSON with other names", () => Http.Json($$"""{"image_base64":"{{Base64}}","mask_base64":"{{MaskBase64}}"}""") },
        { "a box as JSON", () => Http.Json($$$"""{"image":"{{{Base64}}}","box":{"x":20,"y":14,"width":24,"height":20}}""") },
        { "a box as a form field", () => Http.Form(Spotted, fields: [("box", "20,14,24,20")]) },
        { "a polygon", () => Http.Form(Spotted, fields: [("polygon", "20,14 44,14 44,34 20,34")]) },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_region_is_understood_in_every_form(string form, Func<HttpContent> body)
    {
        var response = await studio.Client.PostAsync(Removal, body());
        response.StatusCode.ShouldBe(HttpStatusCode.OK, form + await response.Content.ReadAsStringAsync());
        PictureAssert.Similar(TestFiles.Decode(await response.Content.ReadAsByteArrayAsync()), Plain, maxDifference: 1);
    }

    [Fact]
    public async Task A_stored_mask_is_named_by_its_id_and_by_its_url()
    {
        var stored = await (await studio.Client.PostAsync(
            "/api/v1/operations/convert?output_format=png&user_id=ids", Http.Raw(Mask), ("Accept", "application/json"))).JsonAsync();
        var mask = stored.GetProperty("results")[0];

        foreach (var named in (string[])[$"\"mask_id\":\"{mask.GetProperty("id").GetString()}\"", $"\"mask_url\":{JsonSerializer.Serialize(mask.GetProperty("url").GetString())}"])
        {
            var response = await studio.Client.PostAsync(Removal + "?user_id=ids", Http.Json($$"""{"image":"{{Base64}}",{{named}}}"""));
            response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
            PictureAssert.Similar(TestFiles.Decode(await response.Content.ReadAsByteArrayAsync()), Plain, maxDifference: 1);
        }
    }

    [Fact]
    public async Task The_endpoint_for_removal_answers_json_with_the_bytes()
    {
        using var response = await studio.Client.PostAsync("/api/v1/object-removal/remove", Files(("image", Spotted), ("mask", Mask)));
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        var body = await response.JsonAsync();
        PictureAssert.Similar(TestFiles.Decode(body.GetProperty("image_bytes").GetBytesFromBase64()), Plain, maxDifference: 1);
        body.GetProperty("metadata").GetProperty("engine").GetString().ShouldBe("patch-completion");
    }

    [Fact]
    public async Task That_a_prompt_was_not_used_is_in_the_metadata()
    {
        var response = await studio.Client.PostAsync(
            "/api/v1/operations/inpaint?prompt=a%20vase", Files(("image", Spotted), ("mask", Mask)), ("Accept", "application/json"));
        var notes = (await response.JsonAsync()).GetProperty("metadata").GetProperty("notes");
        notes.EnumerateArray().ShouldHaveSingleItem().GetString()!.ShouldContain("prompt was not used");
    }

    [Fact]
    public async Task Without_any_region_the_mask_is_missing()
    {
        var problem = await studio.Client.PostAsync(Removal, Http.Raw(Spotted)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        problem.Fault("mask").ShouldContain("unless boxes or a polygon");
    }

    [Fact]
    public async Task A_mask_of_another_size_is_refused_before_any_job_is_made()
    {
        var other = TestFiles.Encode(Marked(48, 64), PictureFormat.Png);
        var response = await studio.Client.PostAsync(Removal + "?boxes=500,0,5,5", Files(("image", Spotted), ("mask", other)));
        response.Headers.Location.ShouldBeNull();
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        problem.Fault("mask").ShouldContain("64×48");
        problem.Fault("boxes").ShouldContain("outside");
    }

    [Fact]
    public async Task A_mask_that_marks_nothing_fails_with_422_and_says_so()
    {
        var black = TestFiles.Encode(TestPictures.Solid(64, 48, new Rgb(0, 0, 0)), PictureFormat.Png);
        await studio.Client.PostAsync(Removal, Files(("image", Spotted), ("mask", black)))
            .ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "region_empty");
    }

    [Fact]
    public async Task A_mask_that_is_no_picture_is_refused_under_its_own_name()
    {
        var response = await studio.Client.PostAsync(Removal, Files(("image", Spotted), ("mask", "no picture"u8.ToArray())));
        (await response.ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_picture")).Detail().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_mask_where_none_is_taken_is_a_fault()
    {
        var problem = await studio.Client.PostAsync("/api/v1/operations/flip?direction=horizontal", Files(("image", Spotted), ("mask", Mask)))
            .ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        problem.Fault("mask").ShouldContain("no input");
    }

    private static MultipartFormDataContent Files(params (string Part, byte[] File)[] files)
    {
        var form = new MultipartFormDataContent();
        foreach (var (part, file) in files) form.Add(new ByteArrayContent(file), part, part + ".png");
        return form;
    }

    private static Picture WithSpot()
    {
        var picture = new Picture(64, 48, PixelFormat.Rgb, [.. Plain.Samples]);
        for (var y = 18; y < 30; y++)
            for (var x = 24; x < 40; x++) ((ReadOnlySpan<byte>)[250, 20, 20]).CopyTo(picture.Row(y)[(x * 3)..]);
        return picture;
    }

    private static Picture Marked(int width, int height) => TestPictures.Paint(
        width, height, PixelFormat.Gray, (x, y) => x is >= 20 and < 44 && y is >= 14 and < 34 ? new(1, 1, 1) : new(0, 0, 0));
}
