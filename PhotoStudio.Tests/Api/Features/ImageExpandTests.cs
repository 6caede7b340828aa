using System.Net;
using System.Text.Json;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Features;

public sealed class ImageExpandTests(StudioHost studio) : IClassFixture<StudioHost>
{
    private static readonly byte[] Photo = TestFiles.Encode(TestPictures.Photo(64, 48, seed: 3), PictureFormat.Png);

    [Theory]
    [InlineData("/v1/features/image-expand")]
    [InlineData("/api/v1/features/image-expand/")]
    public async Task It_is_accepted_as_a_task_whose_result_holds_the_picture(string path)
    {
        using var response = await studio.Client.PostAsync(path + "?user_id=expander", Http.Form(Photo, fields: [("left", "16"), ("bottom", "8")]));
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        var task = await response.JsonAsync();
        task.GetProperty("status").GetString().ShouldBe("PROCESSING");

        var url = $"{path.TrimEnd('/')}/status/{task.GetProperty("task_id").GetString()}?user_id=expander";
        JsonElement status = default;
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                status = await (await studio.Client.GetAsync(url)).JsonAsync();
                return status.GetProperty("status").GetString() == "DONE";
            },
            "the task is done");
        var picture = TestFiles.Decode(await studio.Client.GetByteArrayAsync(status.GetProperty("image_url").GetString()));
        (picture.Width, picture.Height).ShouldBe((80, 56));
        PictureAssert.Same(PixelMoves.Box(picture, 16, 0, 64, 48), TestFiles.Decode(Photo));
    }

    [Fact]
    public async Task A_caller_who_waits_gets_the_result_at_once()
    {
        using var response = await studio.Client.PostAsync("/v1/features/image-expand?aspect_ratio=2:1", Http.Raw(Photo), ("Prefer", "wait=60"));
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        var body = await response.JsonAsync();
        (body.GetProperty("width").GetInt32(), body.GetProperty("height").GetInt32()).ShouldBe((96, 48));
    }

    [Fact]
    public async Task Sides_and_a_ratio_contradict_each_other()
    {
        var problem = await studio.Client.PostAsync("/v1/features/image-expand?aspect_ratio=2:1&left=5", Http.Raw(Photo))
            .ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        problem.Fault("left").ShouldContain("aspect_ratio");
    }
}
