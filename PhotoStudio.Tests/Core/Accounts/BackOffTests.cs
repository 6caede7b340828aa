using PhotoStudio.Core.Accounts;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Core.Accounts;

public sealed class BackOffTests
{
    [Fact]
    public void The_wait_doubles_after_the_free_tries_and_ends_at_the_longest()
    {
        BackOff.After(4, 5).ShouldBe(TimeSpan.Zero);
        BackOff.After(5, 5).ShouldBe(TimeSpan.FromSeconds(2));
        BackOff.After(6, 5).ShouldBe(TimeSpan.FromSeconds(4));
        BackOff.After(13, 5).ShouldBe(TimeSpan.FromSeconds(512));
        BackOff.After(14, 5).ShouldBe(BackOff.Longest);
        BackOff.After(int.MaxValue, 5).ShouldBe(BackOff.Longest);
        BackOff.After(int.MaxValue - 1, int.MaxValue).ShouldBe(TimeSpan.Zero);
    }
}
