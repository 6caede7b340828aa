using System.Globalization;

namespace PhotoStudio.Benchmarks.Chaos;

/// <summary>Breaks a distributed studio in every way that it has to survive, and takes account after each.</summary>
public static class ChaosCommand
{
    /// <summary>The first argument.</summary>
    public const string Word = "chaos";

    private const string Usage = "usage: chaos [--minutes N] [--seed S] [FAULT...]";

    /// <summary>Whether the arguments are for it.</summary>
    public static bool IsFor(string[] arguments) => arguments is [Word, ..];

    /// <summary>Runs it; the exit code is 0 when every account was right, 1 when one was not, 2 for bad usage.</summary>
    public static async Task<int> RunAsync(string[] arguments, TextWriter writer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(writer);
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        var faults = new List<string>();
        for (var i = 1; i < arguments.Length; i++)
        {
            if (arguments[i].StartsWith("--", StringComparison.Ordinal) && i + 1 < arguments.Length) options[arguments[i]] = arguments[++i];
            else faults.Add(arguments[i]);
        }

        if (options.Keys.Except(["--minutes", "--seed"]).Any() || faults.Except(ChaosFaults.Names).Any()
            || !TryNumber(options, "--minutes", 0, 10_080, out var minutes) || !TryNumber(options, "--seed", Random.Shared.Next(), int.MaxValue, out var seed))
        {
            await writer.WriteLineAsync($"{Usage}\nFaults: {string.Join(", ", ChaosFaults.Names)}");
            return 2;
        }

        string[] chosen = faults.Count > 0 ? [.. faults] : [.. ChaosFaults.Names];
        await writer.WriteLineAsync($"seed {seed}");
        await using var session = await ChaosSession.StartAsync(seed, ChaosPace.Full, writer, cancellationToken);
        var until = TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(minutes);
        var order = new Random(seed);
        var wrong = 0;
        do
        {
            foreach (var fault in chosen)
            {
                if (cancellationToken.IsCancellationRequested) break;
                var account = await session.BreakAsync(fault);
                await writer.WriteLineAsync(account.Text);
                wrong += account.Faults.Count;
            }

            order.Shuffle(chosen);
        }
        while (TimeProvider.System.GetUtcNow() < until && !cancellationToken.IsCancellationRequested);

        await writer.WriteLineAsync(wrong == 0 ? "Nothing was lost, doubled or left over." : $"{wrong} things went wrong.");
        return wrong == 0 ? 0 : 1;
    }

    private static bool TryNumber(Dictionary<string, string> options, string name, int otherwise, int most, out int number)
    {
        number = otherwise;
        return !options.TryGetValue(name, out var text)
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= 1 && number <= most);
    }
}
