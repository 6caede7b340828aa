using PhotoStudio.Api.Submission;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Submission;

public sealed class CallPreferenceTests
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(230);

    [Fact]
    public void Without_a_preference_the_endpoint_decides()
    {
        CallPreference.Read(default, asynchronous: false, Most).ShouldBe(new CallPreference(Most, false, null));
        CallPreference.Read(default, asynchronous: true, Most).ShouldBe(new CallPreference(TimeSpan.Zero, true, null));
    }

    [Theory]
    [InlineData("respond-async", 0, "respond-async")]
    [InlineData("Respond-Async", 0, "respond-async")]
    [InlineData("wait=5", 5, "wait=5")]
    [InlineData("respond-async, wait=5", 5, "wait=5")]
    [InlineData("wait=\"7\"; foo=bar", 7, "wait=7")]
    [InlineData("wait=0", 0, "wait=0")]
    [InlineData("wait=2, wait=9", 2, "wait=2")]
    [InlineData("wait=100000", 230, "wait=230")]
    public void A_preference_is_granted_and_named(string header, int seconds, string applied) =>
        CallPreference.Read(header, asynchronous: false, Most).ShouldBe(new CallPreference(TimeSpan.FromSeconds(seconds), true, applied));

    [Theory]
    [InlineData("wait=-1")]
    [InlineData("wait=soon")]
    [InlineData("wait")]
    [InlineData("return=minimal")]
    [InlineData(",,;")]
    public void What_is_malformed_or_unknown_is_passed_over(string header) =>
        CallPreference.Read(header, asynchronous: false, Most).Applied.ShouldBeNull();
}
