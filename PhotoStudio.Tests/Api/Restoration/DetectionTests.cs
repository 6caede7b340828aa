using System.Net;
using System.Text.Json;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Restoration;

public sealed class DetectionTests(StudioHost studio) : IClassFixture<StudioHost>
{
    private static readonly byte[] Disc = TestFiles.Encode(
        TestPictures.Paint(240, 160, PixelFormat.Rgb, (x, y) =>
            ((x - 90) * (x - 90)) + ((y - 80) * (y - 80)) < 35 * 35 ? new(0.9f, 0.2f, 0.1f) : new(0.5f, 0.55f, 0.6f)),
        PictureFormat.Png);

    [Theory]
    [InlineData("application/json")]
    [InlineData("*/*")]
    public async Task Objects_come_as_labels_scores_and_boxes_and_nothing_is_stored(string accept)
    {
        var before = await studio.BlobsAsync();
        var response = await studio.Client.PostAsync("/api/ai/detect-objects?user_id=detect", Http.Raw(Disc), ("Accept", accept));

        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        var answer = await response.JsonAsync();
        var found = answer.GetProperty("objects").EnumerateArray().ShouldHaveSingleItem();
        found.GetProperty("label").GetString().ShouldBe("region");
        found.GetProperty("box").GetProperty("x").GetInt32().ShouldBeInRange(45, 65);
        found.GetProperty("box").GetProperty("width").GetInt32().ShouldBeInRange(60, 85);
        answer.GetProperty("metadata").GetProperty("engine").GetString().ShouldBe("salient-regions");
        (await studio.BlobsAsync()).Except(before).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stored_picture_can_be_searched()
    {
        var made = await studio.Client.PostAsync("/api/v1/operations/flip?user_id=detect-stored", Http.Raw(Disc), ("Accept", "application/json"));
        var id = (await made.JsonAsync()).GetProperty("results")[0].GetProperty("id").GetString();
        var response = await studio.Client.PostAsync("/api/ai/detect-objects?user_id=detect-stored", Http.Json($$"""{"image_id":"{{id}}"}"""));
        (await response.JsonAsync()).GetProperty("objects").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Bad_input_is_refused_clearly()
    {
        await (await studio.Client.PostAsync("/api/ai/detect-objects", null)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "picture_missing");
        await (await studio.Client.PostAsync("/api/ai/detect-objects", Http.Raw([1, 2, 3]))).ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_picture");
        await (await studio.Client.PostAsync("/api/ai/detect-objects?min_score=2", Http.Raw(Disc))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        var cut = Disc[..(Disc.Length / 2)];
        await (await studio.Client.PostAsync("/api/ai/detect-objects", Http.Raw(cut))).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "undecodable_picture");
    }

    [Theory]
    [InlineData("detect-objects")]
    [InlineData("detect_objects")]
    [InlineData("denoise")]
    public async Task A_task_becomes_a_job_that_can_be_looked_at(string task)
    {
        var response = await studio.Client.PostAsync($"/api/ai/jobs?task={task}&user_id=tasks", Http.Raw(Disc));
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        var id = (await response.JsonAsync()).GetProperty("id").GetString();

        JsonElement job = default;
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                job = await (await studio.Client.GetAsync($"/api/ai/jobs/{id}?user_id=tasks")).JsonAsync();
                return job.GetProperty("status").GetString() is not ("pending" or "processing");
            },
            "the job ends");
        job.GetProperty("status").GetString().ShouldBe("completed");
        if (task == "denoise") job.GetProperty("results").GetArrayLength().ShouldBe(1);
        else job.GetProperty("data").GetProperty("objects").GetArrayLength().ShouldBe(1);
    }

    [Theory]
    [InlineData("/api/ai/jobs")]
    [InlineData("/api/ai/jobs?task=resize&width=8")]
    [InlineData("/api/ai/jobs?task=teleport")]
    public async Task Another_task_or_none_is_a_fault(string path) =>
        (await (await studio.Client.PostAsync(path, Http.Raw(Disc))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).FaultyFields().ShouldBe(["task"]);

    [Fact]
    public async Task Another_callers_job_is_not_found()
    {
        var response = await studio.Client.PostAsync("/api/ai/jobs?task=detect-objects&user_id=mine", Http.Raw(Disc));
        var id = (await response.JsonAsync()).GetProperty("id").GetString();
        await (await studio.Client.GetAsync($"/api/ai/jobs/{id}?user_id=theirs")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
    }
}
