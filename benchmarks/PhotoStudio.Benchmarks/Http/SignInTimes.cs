using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace PhotoStudio.Benchmarks.Http;

/// <summary>
/// Whether the time of an answer tells if an e-mail address has an account. How well it does is the chance that an address with an account takes
/// longer than one without (the area under the ROC curve): 0.5 says nothing, 1 or 0 everything.
/// </summary>
internal static class SignInTimes
{
    private const string Password = "correct horse battery";

    // With this many pairs, answers that take equally long are told apart by 0.57 at most, nineteen times in twenty.
    private const double Bar = 0.6;

    public static BenchmarkTable Run(BenchmarkContext context) => RunAsync(context).GetAwaiter().GetResult();

    private static async Task<BenchmarkTable> RunAsync(BenchmarkContext context)
    {
        var pairs = context.Quick ? 40 : 150;
        var data = Directory.CreateTempSubdirectory("studio-bench-");
        try
        {
            using var studio = await StudioAsync(data.FullName, context.CancellationToken);
            Caller caller = new(studio.Address, context.CancellationToken);
            for (var i = 0; i < pairs; i++) await caller.PostAsync("register", Known(i), HttpStatusCode.Created, username: $"Person {Letters(i)}");

            BenchmarkTable table = new("sign-in");
            await CompareAsync("a wrong password", "login", HttpStatusCode.Unauthorized);
            await CompareAsync("a forgotten password", "forgot-password", HttpStatusCode.Accepted);
            return table;

            async Task CompareAsync(string what, string path, HttpStatusCode status)
            {
                // The first requests of a process take longer than all others.
                for (var i = 0; i < 10; i++) await caller.PostAsync(path, Unknown(pairs + i), status, wrong: true);
                List<double> known = [], unknown = [];
                for (var i = 0; i < pairs; i++)
                {
                    // Turn about, and each first as often as second.
                    var first = await caller.PostAsync(path, i % 2 == 0 ? Known(i) : Unknown(i), status, wrong: true);
                    var second = await caller.PostAsync(path, i % 2 == 0 ? Unknown(i) : Known(i), status, wrong: true);
                    known.Add(i % 2 == 0 ? first : second);
                    unknown.Add(i % 2 == 0 ? second : first);
                }

                var longer = known.Average(mine => unknown.Average(other => mine > other ? 1 : mine < other ? 0 : 0.5));
                table.Note($"{what}, with an account: median", Median(known), "ms");
                table.Note($"{what}, without: median", Median(unknown), "ms");
                table.AtMost($"{what}: told apart by its time", Bar, Math.Max(longer, 1 - longer));
            }
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static Task<ServerProcess> StudioAsync(string data, CancellationToken cancellationToken)
    {
        var port = ServerProcess.FreePort();
        ProcessStartInfo start = new("dotnet");
        foreach (var argument in (string[])[typeof(PhotoStudio.Standalone.StandaloneStudio).Assembly.Location, "--port", port.ToString(CultureInfo.InvariantCulture), "--data", data])
            start.ArgumentList.Add(argument);
        start.Environment.Remove("ASPNETCORE_URLS");
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        return ServerProcess.StartAsync(start, port, cancellationToken);
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    private static string Known(int number) => $"person{number}@example.com";

    private static string Unknown(int number) => $"nobody{number}@example.com";

    private static string Letters(int number) => string.Concat(number.ToString(CultureInfo.InvariantCulture).Select(digit => (char)('a' + digit - '0')));

    /// <summary>Speaks from another loopback address each time, so that nobody is asked to wait after wrong passwords.</summary>
    private sealed class Caller(Uri studio, CancellationToken cancellationToken)
    {
        private int _address;

        /// <summary>Posts to <c>/api/v1/auth</c>; milliseconds until the whole answer was there.</summary>
        public async Task<double> PostAsync(string path, string email, HttpStatusCode expected, string? username = null, bool wrong = false)
        {
            var number = Interlocked.Increment(ref _address);
            IPAddress own = new([127, 1, (byte)(number >> 8), (byte)number]);
            using HttpClient client = new(new SocketsHttpHandler { ConnectCallback = (to, token) => ConnectAsync(own, to, token) }) { BaseAddress = studio };
            using (await client.GetAsync(new Uri("/alive", UriKind.Relative), cancellationToken))
            {
                // The connection is there before the time runs.
            }

            JsonObject body = new() { ["email"] = email, ["password"] = wrong ? "not the password" : Password };
            if (username is not null) body["username"] = username;
            var begun = Stopwatch.GetTimestamp();
            using var answer = await client.PostAsJsonAsync(new Uri($"/api/v1/auth/{path}", UriKind.Relative), body, cancellationToken);
            await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            var taken = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
            return answer.StatusCode == expected
                ? taken
                : throw new InvalidOperationException($"{path} answers {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
        }

        private static async ValueTask<Stream> ConnectAsync(IPAddress own, SocketsHttpConnectionContext to, CancellationToken cancellationToken)
        {
            Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                socket.Bind(new IPEndPoint(own, 0));
                await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, to.DnsEndPoint.Port), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }
}
