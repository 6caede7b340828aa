using System.Net;
using PhotoStudio.Benchmarks.Quality;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Restoration;

/// <summary>Faces over HTTP, with the real engines.</summary>
public sealed class FaceEndpointsTests(StudioHost studio) : IClassFixture<StudioHost>
{
    private static readonly DrawnPortrait Drawn = new();
    private static readonly byte[] Portrait = TestFiles.Encode(Drawn.Paint(400, 400), PictureFormat.Png);
    private static readonly byte[] Other = TestFiles.Encode((Drawn with { Skin = new(0.93f, 0.76f, 0.67f) }).Paint(400, 400), PictureFormat.Png);
    private static readonly byte[] Faceless = TestFiles.Encode(TestPictures.Photo(120, 90, seed: 6), PictureFormat.Png);

    [Fact]
    public async Task Faces_are_told_with_box_score_and_landmarks_and_nothing_is_stored()
    {
        var stored = await studio.BlobsAsync();

        using var response = await studio.Client.PostAsync("/api/ai/detect-faces/?user_id=faces", Http.Raw(Portrait, "application/octet-stream"));

        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        var face = (await response.JsonAsync()).GetProperty("faces")[0];
        face.GetProperty("score").GetDouble().ShouldBeInRange(0.5, 1);
        foreach (var member in (string[])["x", "y", "width", "height"]) face.GetProperty("box").GetProperty(member).GetDouble().ShouldBeInRange(0, 400);
        var landmarks = face.GetProperty("landmarks");
        landmarks.GetProperty("left_eye").GetProperty("x").GetDouble().ShouldBe(160, 8);
        foreach (var name in (string[])["left_eye", "right_eye", "nose", "mouth_left", "mouth_right"])
            landmarks.GetProperty(name).GetProperty("y").GetDouble().ShouldBeInRange(150, 280);
        (await studio.BlobsAsync()).ShouldBe(stored);
    }

    [Fact]
    public async Task A_picture_without_a_face_has_no_faces_and_a_bad_one_is_refused()
    {
        using var none = await studio.Client.PostAsync("/api/ai/detect-faces", Http.Form(Faceless));
        (await none.JsonAsync()).GetProperty("faces").GetArrayLength().ShouldBe(0);

        using var missing = await studio.Client.PostAsync("/api/ai/detect-faces", Http.Json("{}"));
        await missing.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "picture_missing");

        using var wrong = await studio.Client.PostAsync("/api/ai/detect-faces?min_score=2", Http.Raw(Portrait));
        (await wrong.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).FaultyFields().ShouldBe(["min_score"]);
    }

    [Fact]
    public async Task A_face_is_enhanced_and_a_picture_without_one_is_422()
    {
        using var response = await studio.Client.PostAsync("/api/ai/face-enhance?strength=1", Http.Raw(Portrait));
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        TestFiles.Decode(await response.Content.ReadAsByteArrayAsync()).Width.ShouldBe(400);

        using var refused = await studio.Client.PostAsync("/api/ai/face-enhance", Http.Raw(Faceless));
        (await refused.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "no_face")).Detail().ShouldContain("face");
    }

    [Theory]
    [InlineData("source", "target")]
    [InlineData("source_image", "target_image")]
    public async Task A_swap_needs_consent_and_keeps_a_history(string source, string target)
    {
        var user = $"swap-{source}";
        using var refused = await studio.Client.PostAsync($"/api/v1/face-swap/swap?user_id={user}", Both(source, target));
        (await refused.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).Fault("consent").ShouldContain("agreed");

        using var response = await studio.Client.PostAsync($"/api/v1/face-swap/swap/?user_id={user}", Both(source, target, ("consent", "true")));
        var body = await response.JsonAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, body.GetRawText());
        var bytes = body.GetProperty("image_bytes").GetBytesFromBase64();
        TestFiles.Codec.Probe(bytes).DigitalSourceType!.ShouldEndWith("compositeSynthetic");

        using var history = await studio.Client.GetAsync($"/api/v1/face-swap/history?user_id={user}");
        (await history.JsonAsync()).GetProperty("data").EnumerateArray().ShouldHaveSingleItem()
            .GetProperty("id").GetGuid().ShouldBe(body.GetProperty("image_id").GetGuid());
    }

    [Fact]
    public async Task A_swap_with_one_picture_is_refused()
    {
        using var form = new MultipartFormDataContent { { Http.Raw(Portrait), "source", "a.png" }, { new StringContent("true"), "consent" } };
        using var response = await studio.Client.PostAsync("/api/v1/face-swap/swap", form);
        (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "picture_missing")).FaultyFields().ShouldBe(["target"]);
    }

    private static MultipartFormDataContent Both(string source, string target, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent { { Http.Raw(Other), source, "a.png" }, { Http.Raw(Portrait), target, "b.png" } };
        foreach (var (name, value) in fields) form.Add(new StringContent(value), name);
        return form;
    }
}
