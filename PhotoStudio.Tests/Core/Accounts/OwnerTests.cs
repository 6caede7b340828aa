using PhotoStudio.Core.Accounts;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Core.Accounts;

public sealed class OwnerTests
{
    [Fact]
    public void A_guest_namespace_never_meets_a_random_guest_or_an_account()
    {
        var id = Guid.NewGuid();

        Owner.GuestNamespace("abc").ShouldNotBe(Owner.Guest("abc"));
        Owner.GuestNamespace(id.ToString()).ShouldNotBe(Owner.User(id));
        Owner.GuestNamespace($"user:{id}").Kind.ShouldBe(OwnerKind.Guest);
    }

    [Fact]
    public void The_written_form_reads_back()
    {
        var owner = Owner.User(Guid.NewGuid());

        Owner.Parse(owner.Text).ShouldBe(owner);
        owner.Kind.ShouldBe(OwnerKind.User);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("root:1")]
    [InlineData("user:")]
    [InlineData(":x")]
    public void Anything_else_is_no_owner(string? text) => Owner.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void A_storage_name_says_nothing_about_the_owner_and_suits_any_file_system()
    {
        var name = Owner.GuestNamespace("../../Ανδρέας").StorageName;

        name.Length.ShouldBe(32);
        name.ShouldAllBe(c => char.IsAsciiHexDigitLower(c));
    }
}
