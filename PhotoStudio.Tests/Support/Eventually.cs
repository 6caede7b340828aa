namespace PhotoStudio.Tests.Support;

/// <summary>Waits for things that happen on other threads.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Waits until a condition holds; fails with its description when it does not in half a minute.</summary>
    public static async Task BecomesTrueAsync(Func<Task<bool>> condition, string what)
    {
        using CancellationTokenSource patience = new(Patience);
        while (!await condition())
        {
            if (patience.IsCancellationRequested) throw new TimeoutException($"In {Patience.TotalSeconds:0} s it did not come true that {what}.");
            await Task.Delay(5, CancellationToken.None);
        }
    }

    /// <summary>Waits until a condition holds; fails with its description when it does not in half a minute.</summary>
    public static Task BecomesTrueAsync(Func<bool> condition, string what) => BecomesTrueAsync(() => Task.FromResult(condition()), what);

    /// <summary>Awaits a task that must end soon.</summary>
    public static Task<T> SoonAsync<T>(this Task<T> task) => task.WaitAsync(Patience);

    /// <summary>Awaits a task that must end soon.</summary>
    public static Task SoonAsync(this Task task) => task.WaitAsync(Patience);
}
