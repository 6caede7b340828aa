using System.Net;
using System.Text.Json;
using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Operations;

public sealed class OperationEndpointsTests(StudioHost studio) : IClassFixture<StudioHost>
{
    private static readonly byte[] Photo = TestFiles.Encode(TestPictures.Photo(64, 48, seed: 1), PictureFormat.Jpeg);

    [Theory]
    [InlineData("/api/v1/operations")]
    [InlineData("/api/v1/operations/")]
    public async Task Every_operation_of_the_catalogue_is_listed(string path)
    {
        var list = await (await studio.Client.GetAsync(path)).JsonAsync();
        list.GetProperty("count").GetInt32().ShouldBe(OperationCatalog.All.Count);
        list.GetProperty("operations").EnumerateArray().Select(operation => operation.GetProperty("name").GetString())
            .ShouldBe(OperationCatalog.All.Select(operation => operation.Name));
    }

    [Theory]
    [InlineData("/api/v1/operations/resize")]
    [InlineData("/api/v1/operations/resize/")]
    public async Task An_operation_shows_its_schema_inputs_cost_and_engines(string path)
    {
        var operation = await (await studio.Client.GetAsync(path)).JsonAsync();
        operation.GetProperty("output").GetString().ShouldBe("picture");
        operation.GetProperty("inputs")[0].GetProperty("name").GetString().ShouldBe("image");
        operation.GetProperty("cost").GetProperty("kind").GetString().ShouldBe("none");
        operation.GetProperty("ready").GetBoolean().ShouldBeTrue();
        operation.GetProperty("engines")[0].GetProperty("tier").GetString().ShouldBe("builtin");
        operation.GetProperty("url").GetString().ShouldBe("/api/v1/operations/resize");
        var schema = operation.GetProperty("parameters");
        schema.GetProperty("$schema").GetString().ShouldBe("https://json-schema.org/draft/2020-12/schema");
        schema.GetProperty("properties").GetProperty("width").GetProperty("maximum").GetInt32().ShouldBe(16_384);
    }

    [Fact]
    public async Task An_unknown_operation_is_answered_with_the_nearest_name()
    {
        var get = await studio.Client.GetAsync("/api/v1/operations/remov-backgroud")
            .ShouldBeProblemAsync(HttpStatusCode.NotFound, "unknown_operation");
        get.Detail().ShouldContain("Did you mean 'remove-background'?");

        var post = await studio.Client.PostAsync("/api/v1/operations/make-coffee", Http.Raw(Photo));
        (await post.ShouldBeProblemAsync(HttpStatusCode.NotFound, "unknown_operation")).Detail().ShouldContain("Known: ");
    }

    [Fact]
    public async Task Everything_wrong_with_a_call_is_reported_at_once_under_wire_names()
    {
        var response = await studio.Client.PostAsync(
            "/api/v1/operations/resize?mode=sideways",
            Http.Json("""
                {"width":0, "height":"tall", "parameters":{"enlarge":"perhaps","output_quality":101}, "colour":"red", "user_id":"a b"}
                """),
            ("Idempotency-Key", new string('k', 256)));

        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        problem.FaultyFields().Order(StringComparer.Ordinal).ShouldBe(
            ["Idempotency-Key", "colour", "enlarge", "height", "image", "mode", "output_quality", "user_id", "width"]);
        problem.Fault("width").ShouldContain("16384");
        problem.Fault("mode").ShouldContain("fit, fill, exact");
    }

    [Fact]
    public async Task Faults_of_parameters_and_of_the_picture_come_together()
    {
        var response = await studio.Client.PostAsync("/api/v1/operations/resize?width=-5", Http.Form("<svg/>"u8.ToArray()));
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        problem.FaultyFields().ShouldBe(["image", "width"]);
        problem.Fault("image").ShouldContain("SVG");
    }

    [Fact]
    public async Task What_no_single_parameter_shows_is_checked_too()
    {
        var neither = await studio.Client.PostAsync("/api/v1/operations/resize", Http.Raw(Photo));
        (await neither.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).FaultyFields().ShouldBe(["height", "width"]);

        var jpegCutout = await studio.Client.PostAsync("/api/v1/operations/remove-background?output_format=jpeg", Http.Raw(Photo));
        (await jpegCutout.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).FaultyFields().ShouldBe(["output_format"]);
    }

    [Fact]
    public async Task A_form_of_answer_that_there_is_not_is_refused_before_anything_runs()
    {
        var response = await studio.Client.PostAsync("/api/v1/operations/resize?width=8", Http.Raw(Photo), ("Accept", "video/mp4"));
        await response.ShouldBeProblemAsync(HttpStatusCode.NotAcceptable, "not_acceptable");
        (await studio.BlobsAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("GET", "/api/v1/nowhere", HttpStatusCode.NotFound, "not_found")]
    [InlineData("DELETE", "/api/v1/operations/resize", HttpStatusCode.MethodNotAllowed, "method_not_allowed")]
    [InlineData("POST", "/api/v1/operations", HttpStatusCode.MethodNotAllowed, "method_not_allowed")]
    public async Task Paths_and_methods_that_there_are_not_are_problems_too(
        string method, string path, HttpStatusCode status, string code) =>
        await studio.Client.SendAsync(new HttpMethod(method), path, null, ("Accept", "image/png")).ShouldBeProblemAsync(status, code);

    [Fact]
    public async Task A_problem_is_written_as_rfc_9457_has_it()
    {
        var problem = await studio.Client.GetAsync("/api/v1/operations/none")
            .ShouldBeProblemAsync(HttpStatusCode.NotFound, "unknown_operation");
        problem.GetProperty("type").GetString().ShouldBe("urn:photostudio:problem:unknown_operation");
        problem.TryGetProperty("error", out _).ShouldBeFalse();

        var openAi = await studio.Client.GetAsync("/v1/models/none").ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        openAi.GetProperty("error").GetProperty("type").GetString().ShouldBe("invalid_request_error");
        openAi.GetProperty("error").GetProperty("param").ValueKind.ShouldBe(JsonValueKind.Null);
    }
}
