using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Support;

/// <summary>The studio's own engines in this process, one operation at a time.</summary>
public class OperationUnderTest : IAsyncLifetime
{
    private InferenceUnderTest _studio = null!;

    /// <summary>The services that run it.</summary>
    public IServiceProvider Services => _studio.Services;

    /// <summary>The settings that it runs with.</summary>
    protected virtual InferenceSetup Setup => new();

    public async Task InitializeAsync() => _studio = await InferenceUnderTest.InProcessAsync(Setup);

    public async Task DisposeAsync() => await _studio.DisposeAsync();

    /// <summary>Runs an operation on a file.</summary>
    public async Task<InferenceOutput> RunAsync(string operation, byte[] file, string parameters)
    {
        var result = await _studio.Inference.RunAsync(new("job-1", operation, parameters, [new("image", file)]), null, CancellationToken.None);
        return result.Outputs.ShouldHaveSingleItem();
    }

    /// <summary>Runs an operation that delivers data on a file.</summary>
    public async Task<string> DataAsync(string operation, byte[] file, string parameters)
    {
        var result = await _studio.Inference.RunAsync(new("job-1", operation, parameters, [new("image", file)]), null, CancellationToken.None);
        result.Outputs.ShouldBeEmpty();
        return result.Data.ShouldNotBeNull();
    }

    /// <summary>Runs an operation on several pictures by slot, and answers with the report as well.</summary>
    public Task<InferenceResult> RunAsync(
        string operation,
        IEnumerable<(string Slot, Picture Picture)> inputs,
        string parameters,
        IProgress<InferenceProgress>? progress = null,
        CancellationToken cancellationToken = default) => _studio.Inference.RunAsync(
        new("job-1", operation, parameters, [.. inputs.Select(input => new InferenceInput(input.Slot, TestFiles.Encode(input.Picture, PictureFormat.Png)))]),
        progress,
        cancellationToken);

    /// <summary>Runs an operation on several pictures by slot.</summary>
    public async Task<Picture> PictureAsync(string operation, string parameters, params (string Slot, Picture Picture)[] inputs) =>
        TestFiles.Decode((await RunAsync(operation, inputs, parameters)).Outputs.ShouldHaveSingleItem().File);

    /// <summary>Checks that an operation refuses its input with this code, and answers the message.</summary>
    public async Task<string> RefusalAsync(string operation, string parameters, string code, params (string Slot, Picture Picture)[] inputs)
    {
        var refused = await Should.ThrowAsync<InferenceException>(() => RunAsync(operation, inputs, parameters));
        (refused.Fault, refused.Code).ShouldBe((InferenceFault.InvalidInput, code), refused.Message);
        return refused.Message;
    }

    /// <summary>Runs an operation on a picture that is stored without loss.</summary>
    public async Task<Picture> RunAsync(string operation, Picture picture, string parameters) =>
        TestFiles.Decode((await RunAsync(operation, TestFiles.Encode(picture, PictureFormat.Png), parameters)).File);
}
