using Microsoft.Extensions.Configuration;
using PhotoStudio.Backings.Inference;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Backings.Inference;

public sealed class InferenceAddressesTests
{
    [Fact]
    public void Without_an_address_inference_is_in_this_process() =>
        InferenceAddresses.From(Configuration(("Studio:Inference:Url", " "), ("services:inference:http:0", ""))).ShouldBeNull();

    [Fact]
    public void The_studios_own_setting_goes_before_service_discovery() => Addresses(
        ("Studio:Inference:Url", "http://gpu:8010"), ("services:inference:http:0", "http://other")).ShouldBe(["http://gpu:8010/"]);

    [Fact]
    public void Service_discovery_gives_every_instance_and_https_goes_before_http()
    {
        Addresses(("services:inference:http:0", "http://one"), ("services:inference:http:1", "http://two/base"))
            .ShouldBe(["http://one/", "http://two/base/"]);
        Addresses(("services:inference:http:0", "http://one"), ("services:inference:https:0", "https://one")).ShouldBe(["https://one/"]);
    }

    [Fact]
    public void Every_address_has_its_turn_to_be_the_first()
    {
        var addresses = InferenceAddresses.From(Configuration(("services:inference:http:0", "http://a"), ("services:inference:http:1", "http://b")))!;
        string[] Turn() => [.. addresses.InTurn().Select(address => address.Host)];
        Turn().ShouldBe(["a", "b"]);
        Turn().ShouldBe(["b", "a"]);
        Turn().ShouldBe(["a", "b"]);
    }

    [Theory]
    [InlineData("gpu:8010")]
    [InlineData("localhost")]
    [InlineData("ftp://gpu")]
    [InlineData("/runs")]
    public void An_address_that_is_none_is_named(string address)
    {
        var message = Should.Throw<InvalidOperationException>(() => Addresses(("Studio:Inference:Url", address))).Message;
        message.ShouldContain("Studio:Inference:Url");
        message.ShouldContain(address);
    }

    private static string[] Addresses(params (string Key, string Value)[] settings) =>
        [.. InferenceAddresses.From(Configuration(settings))!.InTurn().Select(address => address.ToString())];

    private static IConfiguration Configuration(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
}
