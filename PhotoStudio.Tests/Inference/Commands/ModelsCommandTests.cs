using System.Text.Json;
using Microsoft.Extensions.Configuration;
using PhotoStudio.Inference.Commands;
using PhotoStudio.Inference.Models;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Commands;

public sealed class ModelsCommandTests : IDisposable
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 150_000).Select(i => (byte)(i * 13 >> 2))];

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_model_is_fetched_listed_verified_and_removed()
    {
        await using var server = await ModelServer.StartAsync(Content);
        Catalogue(Json("mine", server.Url));

        (await RunAsync("pull", "mine")).ShouldBe((0, $"mine is installed: {_folder.In("models", "mine.onnx")}\n", ""));
        (await RunAsync("list")).Output.Split('\n').ShouldContain(line => line.Contains("mine") && line.Contains("installed"));
        (await RunAsync("verify")).ShouldBe((0, $"mine: {_folder.In("models", "mine.onnx")} is what it should be.\n", ""));
        (await RunAsync("remove", "mine")).ShouldBe((0, "mine is removed.\n", ""));
        (await RunAsync("verify")).ShouldBe((0, "No model is installed.\n", ""));
        Directory.GetFiles(_folder.In("models")).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_list_has_every_model_of_the_catalogue_also_as_json()
    {
        var list = await RunAsync("list");
        list.Status.ShouldBe(0);
        foreach (var entry in ModelCatalogue.Embedded.All) list.Output.ShouldContain(entry.Id);

        var json = JsonDocument.Parse((await RunAsync("list", "--json")).Output).RootElement;
        json.GetProperty("models").GetArrayLength().ShouldBe(ModelCatalogue.Embedded.All.Count);
    }

    [Fact]
    public async Task A_restricted_licence_has_to_be_accepted()
    {
        await using var server = await ModelServer.StartAsync(Content);
        Catalogue(Json("mine", server.Url, """{"name":"Mine","restricted":true,"terms":"Do no harm."}"""));

        var refused = await RunAsync("pull", "mine");
        (refused.Status, refused.Output).ShouldBe((1, ""));
        refused.Errors.ShouldContain("Do no harm.");
        refused.Errors.ShouldContain("./studio models pull mine --accept-license");

        (await RunAsync("pull", "mine", "--accept-license")).Status.ShouldBe(0);
    }

    [Fact]
    public async Task Files_are_taken_in_and_what_is_none_of_the_catalogues_is_an_error_that_stops_no_other()
    {
        Catalogue(Json("mine", new Uri("http://127.0.0.1:9/x.onnx")));
        await File.WriteAllBytesAsync(_folder.In("good"), Content);
        await File.WriteAllTextAsync(_folder.In("bad"), "nothing");

        var result = await RunAsync("import", _folder.In("bad"), _folder.In("absent"), _folder.In("good"));

        result.Status.ShouldBe(1);
        result.Output.ShouldBe($"mine is installed: {_folder.In("models", "mine.onnx")}\n");
        result.Errors.ShouldContain("no model of the catalogue");
        result.Errors.ShouldContain($"{_folder.In("absent")} cannot be read");
        File.Exists(_folder.In("good")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_machine_without_a_network_gets_one_clear_error()
    {
        Catalogue(Json("mine", new Uri("http://127.0.0.1:9/x.onnx")));

        var result = await RunAsync("pull", "mine");

        result.Status.ShouldBe(1);
        result.Errors.TrimEnd().Split('\n').ShouldHaveSingleItem().ShouldStartWith("studio: mine could not be fetched: this machine reaches none");
    }

    [Theory]
    [InlineData("models knows list, pull, import, accept, verify, remove.")]
    [InlineData("models knows list, pull, import, accept, verify, remove, not 'fly'.", "fly")]
    [InlineData("models pull needs the id of a model.", "pull")]
    [InlineData("models import needs a file.", "import", "--accept-license")]
    [InlineData("models pull does not know '--now'.", "pull", "--now", "u2net")]
    [InlineData("--as needs the id of a model.", "import", "a", "--as")]
    [InlineData("--as goes with one file.", "import", "a", "b", "--as", "x")]
    [InlineData("models list takes no names.", "list", "u2net")]
    public async Task A_command_line_that_makes_no_sense_says_why(string fault, params string[] args) =>
        (await RunAsync(args)).ShouldBe((2, "", $"studio: {fault} ./studio models --help says more.\n"));

    [Fact]
    public async Task A_catalogue_of_ones_own_that_is_none_is_an_error_that_names_it()
    {
        await File.WriteAllTextAsync(_folder.In("catalogue.json"), "{}");

        var result = await RunAsync("list");

        result.Status.ShouldBe(1);
        result.Errors.ShouldContain("catalogue.json");
    }

    public void Dispose() => _folder.Dispose();

    private static string Json(string id, Uri url, string licence = """{"name":"MIT"}""") => $$"""
        { "id": "{{id}}", "title": "{{id}}", "family": "mine", "operations": ["upscale"], "file": "{{id}}.onnx", "urls": ["{{url}}"],
          "sha256": "{{ModelStoreUnderTest.Entry("x", Content).Sha256}}", "licence": {{licence}}, "evidence": "Computed", "processing": "p" }
        """;

    private void Catalogue(string entry) => File.WriteAllText(_folder.In("catalogue.json"), $$"""
        { "processings": { "p": { "inputs": [{ "shape": [1] }], "outputs": [{ "shape": [1] }] } }, "models": [{{entry}}] }
        """);

    private async Task<(int Status, string Output, string Errors)> RunAsync(params string[] args)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Studio:Models:Path"] = _folder.In("models"),
            ["Studio:Models:RetryPause"] = "00:00:00",
            ["Studio:Models:Catalogue"] = File.Exists(_folder.In("catalogue.json")) ? _folder.In("catalogue.json") : null,
        };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        var status = await ModelsCommand.RunAsync(args, configuration, output, errors, CancellationToken.None);
        return (status, output.ToString(), errors.ToString());
    }
}
