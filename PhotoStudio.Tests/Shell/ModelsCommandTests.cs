using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Shell;

public sealed class ModelsCommandTests : IDisposable
{
    private readonly StudioCopy _copy = new();

    public ModelsCommandTests() => _copy.Environment["STUDIO_EDITION"] = "portable";

    public void Dispose() => _copy.Dispose();

    [Fact]
    public async Task The_words_go_to_the_inference_program_as_they_are()
    {
        StudioCall call = await _copy.Studio("models", "import", "a file.onnx", "--as", "one", "--accept-license");

        call.Status.ShouldBe(0);
        call.Arguments[0].ShouldEndWith("PhotoStudio.Inference.dll");
        call.Arguments[1..].ShouldBe(["models", "import", "a file.onnx", "--as", "one", "--accept-license"]);
    }

    [Fact]
    public async Task Help_names_every_command_and_where_models_are()
    {
        StudioCall call = await _copy.Studio("models", "--help");

        call.Status.ShouldBe(0);
        foreach (string word in (string[])["list", "pull", "import", "accept", "verify", "remove", "MODEL_PATH"]) call.Output.ShouldContain(word);
        _copy.Calls.ShouldBeEmpty();
    }
}
