using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Inference.Engines;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Engines;

/// <summary>What holds for every operation of the catalogue and its builtin engine, whatever it does.</summary>
public sealed class EngineConformanceTests(EngineConformanceTests.Studio studio) : IClassFixture<EngineConformanceTests.Studio>
{
    /// <summary>What makes an operation do its work; the others run with their defaults.</summary>
    private static readonly Dictionary<string, string> Parameters = new(StringComparer.Ordinal)
    {
        ["adjust"] = """{"exposure":0.5,"contrast":20,"saturation":10,"temperature":10,"sharpness":20}""",
        ["crop"] = """{"aspect_ratio":"1:1"}""",
        ["denoise"] = """{"noise_level":20}""",
        ["edit"] = """{"prompt":"make it warmer and flip it"}""",
        ["expand"] = """{"left":8}""",
        ["face-swap"] = """{"consent":true}""",
        ["generate"] = """{"prompt":"a lake at dawn","width":128,"height":128,"seed":1}""",
        ["inpaint"] = """{"boxes":[[0.2,0.2,0.3,0.3]]}""",
        ["moderate"] = """{"prompt":"a quiet lake"}""",
        ["object-removal"] = """{"boxes":[[0.2,0.2,0.3,0.3]]}""",
        ["resize"] = """{"width":40}""",
        ["rotate"] = """{"angle":30}""",
        ["style-transfer"] = """{"style":"oil"}""",
        ["upscale"] = """{"scale":2}""",
    };

    /// <summary>Operations that make alpha anew.</summary>
    private static readonly HashSet<string> ChangesAlpha =
        new(StringComparer.Ordinal) { "remove-background", "replace-background", "expand", "rotate", "generate", "variations", "reimagine", "illustrate" };

    public static TheoryData<string> Operations => [.. OperationCatalog.All.Select(operation => operation.Name)];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task The_same_run_gives_the_same_bytes(string name)
    {
        var photo = TestFiles.Encode(TestPictures.Photo(96, 72, seed: 11), PictureFormat.Png);

        var first = await AttemptAsync(name, photo);
        var second = await AttemptAsync(name, photo);

        if (first is null || second is null)
        {
            second.ShouldBe(first, "It is refused once and done another time.");
            return;
        }

        second.Data.ShouldBe(first.Data);
        second.Outputs.Count.ShouldBe(first.Outputs.Count);
        foreach (var (one, other) in first.Outputs.Zip(second.Outputs)) other.File.Span.SequenceEqual(one.File.Span).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Odd_pictures_are_worked_on_or_refused_clearly(string name)
    {
        Picture[] odd =
        [
            TestPictures.Texture(48, 36, 3, PixelFormat.Gray),
            TestPictures.Gradient(48, 36, PixelFormat.GrayAlpha),
            TestPictures.SoftShapes(48, 36),
            TestPictures.Solid(1, 1, new Rgb(120, 90, 60)),
            TestPictures.Solid(64, 48, new Rgb(0, 0, 0)),
            TestPictures.Gradient(3, 2000),
            TestPictures.Gradient(2000, 3),
            TestPictures.Static(31, 17, 5, PixelFormat.Rgba),
        ];
        foreach (var picture in odd) await AttemptAsync(name, TestFiles.Encode(picture, PictureFormat.Png));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task The_exif_orientation_is_applied_first(string name)
    {
        var turned = PngFile.Insert(TestFiles.Encode(TestPictures.Photo(80, 56, seed: 4), PictureFormat.Png), ("eXIf", JpegFile.ExifBlock(6)));
        var upright = TestFiles.Encode(TestFiles.Decode(turned), PictureFormat.Png);

        var of = await AttemptAsync(name, turned);
        var from = await AttemptAsync(name, upright);

        (of?.Data).ShouldBe(from?.Data);
        (of?.Outputs.Count).ShouldBe(from?.Outputs.Count);
        if (of is null || from is null) return;

        // Resizing works on the stored pixels and turns the result: the kernel's rounding falls on the other axis first.
        foreach (var (one, other) in of.Outputs.Zip(from.Outputs))
            PictureAssert.Similar(TestFiles.Decode(one.File), TestFiles.Decode(other.File), maxDifference: name == "resize" ? 12 : 0, psnr: 50);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Alpha_stays_where_the_size_does(string name)
    {
        var picture = TestPictures.SoftShapes(64, 48);
        if (ChangesAlpha.Contains(name) || await AttemptAsync(name, TestFiles.Encode(picture, PictureFormat.Png)) is not { Outputs: [var output, ..] }) return;
        if ((output.Width, output.Height) != (64, 48)) return;

        // Mirroring takes the alpha along, and the shapes are symmetric in neither direction.
        var flips = name is "flip" or "edit" ? 1 : 0;
        var result = TestFiles.Decode(output.File).As(PixelFormat.Rgba);
        for (var y = 0; y < 48; y++)
        {
            for (var x = 0; x < 64; x++)
            {
                var from = flips == 1 ? 63 - x : x;
                result.Row(y)[(x * 4) + 3].ShouldBe(picture.Row(y)[(from * 4) + 3], $"{name} at {x}, {y}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_run_that_is_cancelled_when_it_has_begun_ends_without_a_result(string name)
    {
        if (!HasBuiltin(name)) return;
        using var cancelled = new CancellationTokenSource();
        var photo = TestFiles.Encode(TestPictures.Photo(400, 300, seed: 2), PictureFormat.Png);
        var canceller = new Canceller(cancelled);
        try
        {
            await studio.Inference.RunAsync(Request(name, photo), canceller, cancelled.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (InferenceException fault) when (fault.Fault == InferenceFault.InvalidInput && !canceller.Heard)
        {
            return;
        }

        throw new Xunit.Sdk.XunitException($"{name} went on to the end; it reported progress: {canceller.Heard}.");
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task The_memory_a_run_asks_for_holds_its_pictures(string name)
    {
        if (!HasBuiltin(name)) return;
        var operation = OperationCatalog.Get(name);
        var request = Request(name, TestFiles.Encode(TestPictures.Photo(200, 150, seed: 2), PictureFormat.Png));
        var parameters = OperationParameters.FromJson(operation, request.Parameters);
        EngineInput[] inputs =
            [.. request.Inputs.Select(input => new EngineInput(input.Slot, input.File, TestFiles.Codec.Probe(input.File), TestFiles.Codec, PictureLimits.Default))];
        var run = new EngineRun(parameters, inputs, TestFiles.Codec, new Progress<InferenceProgress>(), Cores: 2);

        var asked = studio.Engine(operation).MemoryFor(run);

        if (await AttemptAsync(name, request.Inputs.Select(input => input.File).FirstOrDefault()) is not { } result) return;
        var samples = result.Outputs.Sum(output => (long)output.Width * output.Height * TestFiles.Decode(output.File).Channels);
        if (operation.Output != OperationOutput.Data) samples += inputs.Sum(input => input.Header.Pixels * 3);
        asked.ShouldBeGreaterThanOrEqualTo(samples);
    }

    private bool HasBuiltin(string name) => studio.Operations.Contains(name);

    private static InferenceRequest Request(string name, ReadOnlyMemory<byte> picture)
    {
        var operation = OperationCatalog.Get(name);
        var parameters = Parameters.GetValueOrDefault(name, "{}");
        if (parameters.Contains("boxes", StringComparison.Ordinal))
        {
            // A fifth of the picture, in pixels.
            var header = TestFiles.Codec.Probe(picture);
            int w = Math.Max(1, header.Width * 3 / 10), h = Math.Max(1, header.Height * 3 / 10);
            parameters = FormattableString.Invariant($$"""{"boxes":[[{{header.Width / 5}},{{header.Height / 5}},{{w}},{{h}}]]}""");
        }

        return new("job-1", name, parameters, [.. operation.Inputs.Where(slot => slot.Required).Select(slot => new InferenceInput(slot.Name, picture))]);
    }

    /// <summary>Runs an operation; null when it refuses the picture, which it must do with a sentence.</summary>
    private async Task<InferenceResult?> AttemptAsync(string name, ReadOnlyMemory<byte> picture)
    {
        if (!HasBuiltin(name)) return null;
        try
        {
            return await studio.Inference.RunAsync(Request(name, picture), null, CancellationToken.None);
        }
        catch (InferenceException fault) when (fault.Fault == InferenceFault.InvalidInput)
        {
            fault.Message.ShouldNotBeNullOrWhiteSpace();
            fault.Code.ShouldNotBeNullOrWhiteSpace();
            return null;
        }
    }

    /// <summary>The studio's builtin engines in this process.</summary>
    public sealed class Studio : IAsyncLifetime
    {
        private InferenceUnderTest _studio = null!;

        public IInference Inference => _studio.Inference;

        public IReadOnlySet<string> Operations { get; private set; } = new HashSet<string>();

        public IEngine Engine(Operation operation) =>
            ((EngineSelector)_studio.Services.GetService(typeof(EngineSelector))!).Select(operation);

        public async Task InitializeAsync()
        {
            _studio = await InferenceUnderTest.InProcessAsync(new());
            var statuses = await _studio.Inference.EnginesAsync(CancellationToken.None);
            Operations = statuses.Where(status => status is { Tier: EngineTier.Builtin, Ready: true }).Select(status => status.Operation).ToHashSet(StringComparer.Ordinal);
        }

        public async Task DisposeAsync() => await _studio.DisposeAsync();
    }

    private sealed class Canceller(CancellationTokenSource source) : IProgress<InferenceProgress>
    {
        public bool Heard { get; private set; }

        public void Report(InferenceProgress value)
        {
            Heard = true;
            source.Cancel();
        }
    }
}
