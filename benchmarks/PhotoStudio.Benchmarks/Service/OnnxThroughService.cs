using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;
using PhotoStudio.Backings.Inference;
using PhotoStudio.Benchmarks.Speed;
using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Imaging.Vips;
using PhotoStudio.Inference;
using PhotoStudio.Inference.Engines;
using PhotoStudio.Inference.Onnx;
using PhotoStudio.ServiceDefaults;
using PhotoStudio.Tests.Support;
using SessionOptions = Microsoft.ML.OnnxRuntime.SessionOptions;

namespace PhotoStudio.Benchmarks.Service;

/// <summary>
/// A model run through the inference service, over HTTP from the request to the finished picture, beside ONNX Runtime's bare call on
/// the same values with the same number of threads, turn by turn. The time in the codec is left out;
/// lower quartiles are compared.
/// </summary>
public static class OnnxThroughService
{
    private const double BarShare = 0.05;
    private const double BarMilliseconds = 3;

    /// <summary>Runs both with each model and compares them.</summary>
    public static BenchmarkTable Run(BenchmarkContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        BenchmarkTable table = new("ONNX through the service, beside the bare call, codecs left out");
        var folder = Directory.CreateTempSubdirectory("photostudio-service-");
        try
        {
            foreach (var model in Models(context, folder.FullName)) CompareAsync(table, model, context).GetAwaiter().GetResult();
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return table;
    }

    private static IEnumerable<ModelUnderTest> Models(BenchmarkContext context, string folder)
    {
        yield return Convolutions(Path.Combine(folder, "convolutions.onnx"), side: 224, channels: 32, layers: 8);
        if (context.ModelsFolder is { } models && Path.Combine(models, "super_resolution_x3_y.onnx") is var file && File.Exists(file))
            yield return new("super-resolution ×3", file, 224, 672);
    }

    /// <summary>A network of 3×3 convolutions with random weights.</summary>
    private static ModelUnderTest Convolutions(string path, int side, int channels, int layers)
    {
        Random random = new(7);
        var writer = new OnnxModelWriter().Input("input", 1, 1, side, side).Output("output", 1, 1, side, side);
        for (var layer = 0; layer < layers; layer++)
        {
            int from = layer == 0 ? 1 : channels, to = layer == layers - 1 ? 1 : channels;
            writer.Weights($"w{layer}", [.. Enumerable.Range(0, from * to * 9).Select(_ => (random.NextSingle() - 0.5f) / (from * 3))], to, from, 3, 3)
                .Conv(layer == 0 ? "input" : $"r{layer - 1}", $"w{layer}", $"c{layer}")
                .Relu($"c{layer}", layer == layers - 1 ? "output" : $"r{layer}");
        }

        return new("eight convolutions", writer.Save(path), side, side);
    }

    private static async Task CompareAsync(BenchmarkTable table, ModelUnderTest model, BenchmarkContext context)
    {
        TimedCodec codec = new(new VipsPictureCodec());
        await using var app = await StartAsync(model, codec);
        using var client = Client(app.Urls.Single());
        var inference = client.GetRequiredService<IInference>();
        var picture = SyntheticPhoto.Paint(model.InputSide, model.InputSide, seed: 3).As(PixelFormat.Gray);
        InferenceRequest request = new("benchmark", "resize", """{"width":9,"output_format":"png"}""",
            [new("image", codec.Encode(picture, new EncodeOptions(PictureFormat.Png)))]);
        using var bare = new Bare(model, PictureTensors.FromPicture(picture, new TensorForm(ChannelOrder.Gray)));

        var (warmUps, rounds) = context.Quick ? (5, 20) : (20, 200);
        List<double> bareTimes = [], whole = [], withoutCodec = [];
        for (var round = -warmUps; round < rounds; round++)
        {
            // Who goes first changes from round to round.
            if (round % 2 == 0) TimeBare();
            var coded = codec.Milliseconds;
            var began = Stopwatch.GetTimestamp();
            await inference.RunAsync(request, null, context.CancellationToken);
            var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            Keep(whole, took);
            Keep(withoutCodec, took - (codec.Milliseconds - coded));
            if (round % 2 != 0) TimeBare();

            void TimeBare()
            {
                var start = Stopwatch.GetTimestamp();
                bare.Run();
                Keep(bareTimes, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            void Keep(List<double> times, double milliseconds)
            {
                if (round >= 0) times.Add(milliseconds);
            }
        }

        double of = Quartile(bareTimes), with = Quartile(withoutCodec);
        table.Note($"{model.Name}: bare call, median", Statistics.Median(bareTimes), "ms");
        table.Note($"{model.Name}: through the service, median", Statistics.Median(withoutCodec), "ms");
        table.Note($"{model.Name}: through the service with codecs, median", Statistics.Median(whole), "ms");
        table.Note($"{model.Name}: bare call, lower quartile", of, "ms");
        table.Note($"{model.Name}: through the service, lower quartile", with, "ms");
        table.AtMost($"{model.Name}: more than bare, lower quartiles", Math.Max(BarMilliseconds, BarShare * of), with - of, "ms");

        // Whatever else the machine does only ever adds to a time.
        static double Quartile(IReadOnlyCollection<double> times) => Statistics.Quantile(times, 0.25);
    }

    private static async Task<WebApplication> StartAsync(ModelUnderTest model, IPictureCodec codec)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration[$"{InferenceOptions.Section}:Slots"] = "1";
        builder.Configuration[$"{InferenceOptions.Section}:Device"] = "cpu";
        builder.Services.AddSingleton(codec);
        builder.AddServiceDefaults();
        builder.AddStudioInferenceService();
        builder.Services.RemoveAll<IEngine>();
        builder.Services.AddSingleton(model);
        builder.Services.AddSingleton<IEngine, ModelEngine>();
        var app = builder.Build();
        app.MapServiceDefaults();
        app.MapStudioInference();
        await app.StartAsync();
        return app;
    }

    private static ServiceProvider Client(string address)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create(InferenceAddresses.UrlSetting, (string?)address)]).Build();
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration);
        services.AddHttpInference(InferenceAddresses.From(configuration)!);
        return services.BuildServiceProvider();
    }

    /// <summary>ONNX Runtime as it comes, with as many threads as the service's one slot, which wait in the same way.</summary>
    private sealed class Bare : IDisposable
    {
        private readonly InferenceSession _session;
        private readonly OrtValue _input;
        private readonly ModelUnderTest _model;

        public Bare(ModelUnderTest model, FloatTensor tensor)
        {
            using SessionOptions options = new() { IntraOpNumThreads = Environment.ProcessorCount, InterOpNumThreads = 1 };
            options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
            _session = new InferenceSession(model.Path, options);
            _input = OrtValue.CreateTensorValueFromMemory(tensor.Values, [.. tensor.Shape]);
            _model = model;
        }

        public void Run()
        {
            using RunOptions options = new();
            using var outputs = _session.Run(options, [_model.Input], [_input], [_model.Output]);
        }

        public void Dispose()
        {
            _input.Dispose();
            _session.Dispose();
        }
    }
}
