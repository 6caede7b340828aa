using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Standalone;

public sealed class HomeFolderTests
{
    [Fact]
    public async Task A_studio_that_serves_and_runs_a_model_writes_nothing_under_the_home_folder()
    {
        using TemporaryFolder data = new(), home = new();
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["HOME"] = home.Path,
            ["XDG_CACHE_HOME"] = null,
            ["XDG_DATA_HOME"] = null,
            ["ORT_DISABLE_TELEMETRY"] = null,
        };
        await using (var studio = await StudioProcess.StartAsync(data.Path, environment))
        {
            // The device is chosen by running a first model on it.
            (await studio.Client.GetAsync("/api/v1/processing/jobs")).EnsureSuccessStatusCode();
            await Eventually.BecomesTrueAsync(() => studio.Log.Contains("Models run on", StringComparison.Ordinal), "the device is chosen");
        }

        Directory.EnumerateFileSystemEntries(home.Path, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task Asking_for_cuda_where_there_is_none_stops_the_start_and_names_the_setting()
    {
        using TemporaryFolder data = new();
        var fault = await Should.ThrowAsync<InvalidOperationException>(
            StudioProcess.StartAsync(data.Path, "--Studio:Inference:Device=cuda", "--Studio:Inference:CudaLibrary=/nowhere/cuda.so"));
        fault.Message.ShouldContain("Studio:Inference:Device is 'cuda', and CUDA does not work here");
        fault.Message.ShouldContain("/nowhere/cuda.so");
    }
}
