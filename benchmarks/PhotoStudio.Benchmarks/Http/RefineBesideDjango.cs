using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PhotoStudio.Benchmarks.Http;

/// <summary>
/// Prompt refinement over HTTP beside the same endpoint in Django REST framework under gunicorn (<c>benchmarks/peers/django</c>): the same
/// lexicons, the same algorithm, the same bodies, one run. Before anything is measured, both must answer every body alike.
/// </summary>
internal static class RefineBesideDjango
{
    private const string Path = "/api/v1/prompt-refinement/refine";
    private const int Connections = 8;
    private const double ConfidenceRounding = 0.0101;

    /// <summary>Prompts as people write them, in three languages.</summary>
    private static readonly string[] Prompts =
    [
        "beautiful cat, NOT blurry", "a man standing on a mountain at sunset, without clouds or birds", "portrait of an old fisherman with a white beard",
        "city at night on a bright sunny day", "logo for a coffee shop called \"Luna & Sol\", minimalist", "3 kittens playing with 2 balls of yarn on a wooden floor",
        "un gato negro durmiendo en un sofá rojo, sin gente ni coches", "ciudad futurista de noche bajo la lluvia con luces de neón",
        "retrato de una mujer con ojos azules y sonrisa cálida, iluminación dramática", "một cô gái áo dài trắng đi dạo trên phố cổ Hội An vào buổi sáng",
        "con mèo đen nhỏ ngồi trên mái nhà dưới ánh trăng, không mờ", "tô phở bò nóng trên bàn gỗ, ánh sáng tự nhiên",
    ];

    /// <summary>Runs the benchmark; needs wrk, gunicorn and Django REST framework, all of them Debian's.</summary>
    public static BenchmarkTable Run(BenchmarkContext context) => RunAsync(context).GetAwaiter().GetResult();

    private static async Task<BenchmarkTable> RunAsync(BenchmarkContext context)
    {
        var seconds = context.Quick ? 3 : 10;
        var bodies = Prompts.Select(prompt => new JsonObject { ["prompt"] = prompt, ["method"] = "rule_based" }.ToJsonString(JsonSerializerOptions.Web)).ToList();
        var data = Directory.CreateTempSubdirectory("studio-bench-");
        try
        {
            using var studio = await StudioAsync(data.FullName, context.CancellationToken);
            using var django = await DjangoAsync(context.CancellationToken);
            await CompareAsync(studio.Address, django.Address, bodies, context.CancellationToken);

            // Turn about, so that a machine that slows down does so for both.
            Wrk.Post(new Uri(studio.Address, Path), bodies, Connections, seconds);
            List<Wrk.Result> ours = [], theirs = [];
            for (var round = 0; round < (context.Quick ? 1 : 3); round++)
            {
                theirs.Add(Wrk.Post(new Uri(django.Address, Path), bodies, Connections, seconds));
                ours.Add(Wrk.Post(new Uri(studio.Address, Path), bodies, Connections, seconds));
            }

            var table = new BenchmarkTable("refine over HTTP");
            var (own, peer) = (Middle(ours), Middle(theirs));
            table.AtLeast("requests a second", 5_000, own.RequestsPerSecond);
            table.Note("the same in Django REST framework", peer.RequestsPerSecond);
            table.AtLeast("times as many", 10, own.RequestsPerSecond / peer.RequestsPerSecond);
            table.AtMost("median latency", 2, own.Median, "ms");
            table.Note("99th percentile", own.P99, "ms");
            table.Note("median latency of the peer", peer.Median, "ms");
            table.AtMost("answers that failed", 0, ours.Sum(result => result.Failed));
            table.Note("memory of the standalone studio", studio.ResidentMebibytes, "MiB");
            table.Note("memory of the peer, two workers", django.ResidentMebibytes, "MiB");
            return table;
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static Wrk.Result Middle(List<Wrk.Result> results) => results.OrderBy(result => result.RequestsPerSecond).ElementAt(results.Count / 2);

    private static Task<ServerProcess> StudioAsync(string data, CancellationToken cancellationToken)
    {
        var port = ServerProcess.FreePort();
        ProcessStartInfo start = new("dotnet");
        foreach (var argument in (string[])[typeof(PhotoStudio.Standalone.StandaloneStudio).Assembly.Location, "--port", Text(port), "--data", data]) start.ArgumentList.Add(argument);
        start.Environment.Remove("ASPNETCORE_URLS");
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        return ServerProcess.StartAsync(start, port, cancellationToken);
    }

    private static Task<ServerProcess> DjangoAsync(CancellationToken cancellationToken)
    {
        var port = ServerProcess.FreePort();
        ProcessStartInfo start = new("/usr/bin/python3") { WorkingDirectory = System.IO.Path.Combine(BenchmarkContext.PeersFolder(), "django") };
        foreach (var argument in (string[])["-m", "gunicorn", "--workers", "2", "--worker-class", "gthread", "--threads", "4", "--bind", $"127.0.0.1:{Text(port)}", "--log-level", "error", "service:application"])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        return ServerProcess.StartAsync(start, port, cancellationToken);
    }

    private static async Task CompareAsync(Uri studio, Uri django, List<string> bodies, CancellationToken cancellationToken)
    {
        using HttpClient client = new();
        foreach (var body in bodies)
        {
            var (ours, theirs) = (await AnswerAsync(studio), await AnswerAsync(django));
            foreach (var member in (string[])["refined_prompt", "negative_prompt", "language"])
            {
                if (ours.GetProperty(member).GetString() != theirs.GetProperty(member).GetString())
                    throw new InvalidOperationException($"The peer answers {body} otherwise: '{theirs.GetProperty(member)}' and not '{ours.GetProperty(member)}'.");
            }

            if (Math.Abs(ours.GetProperty("confidence_score").GetDouble() - theirs.GetProperty("confidence_score").GetDouble()) > ConfidenceRounding)
                throw new InvalidOperationException($"The peer is not as sure of {body}.");

            async Task<JsonElement> AnswerAsync(Uri address)
            {
                using StringContent content = new(body, System.Text.Encoding.UTF8, "application/json");
                using var answer = await client.PostAsync(new Uri(address, Path), content, cancellationToken);
                answer.EnsureSuccessStatusCode();
                return await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            }
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
