using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Support;

/// <summary>The studio's own engines in this process, one operation at a time.</summary>
public sealed class OperationUnderTest : IAsyncLifetime
{
    private InferenceUnderTest _studio = null!;

    public async Task InitializeAsync() => _studio = await InferenceUnderTest.InProcessAsync(new());

    public async Task DisposeAsync() => await _studio.DisposeAsync();

    /// <summary>Runs an operation on a file.</summary>
    public async Task<InferenceOutput> RunAsync(string operation, byte[] file, string parameters)
    {
        var result = await _studio.Inference.RunAsync(new("job-1", operation, parameters, [new("image", file)]), null, CancellationToken.None);
        return result.Outputs.ShouldHaveSingleItem();
    }

    /// <summary>Runs an operation on a picture that is stored without loss.</summary>
    public async Task<Picture> RunAsync(string operation, Picture picture, string parameters) =>
        TestFiles.Decode((await RunAsync(operation, TestFiles.Encode(picture, PictureFormat.Png), parameters)).File);
}
