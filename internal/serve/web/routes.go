package web

import (
	"net/http"

	"github.com/reportedly/reportedly/internal/serve/auth"
)

// Routes implements auth.Part: all pages with the permission that each needs.
func (p *Pages) Routes() []auth.Route {
	out := []auth.Route{{Pattern: "GET /static/", Needs: auth.Public, Handler: http.HandlerFunc(p.serveStatic)}}
	add := func(pattern string, needs auth.Permission, h handler) {
		out = append(out, auth.Route{Pattern: pattern, Needs: needs, Handler: p.show(h)})
	}
	add("GET /{$}", auth.Read, p.inbox)
	add("GET /cases/{number}", auth.Read, p.caseFile)
	add("GET /parties/{id}", auth.Read, p.party)
	add("GET /articles/{id}", auth.Read, p.article)
	add("GET /articles/{id}/captures/{sha}", auth.Read, p.capture)
	add("GET /search", auth.Read, p.search)
	add("GET /lists", auth.Read, p.lists)
	add("GET /lists/{list}", auth.Read, p.list)
	add("GET /sources", auth.Read, p.sources)
	add("GET /sources/{name}", auth.Read, p.source)
	add("GET /jobs/{id}", auth.Read, p.job)
	add("GET /jobs/{id}/result", auth.Screen, p.jobResult)
	add("GET /help", auth.Public, p.help)
	add("GET /", auth.Public, p.nowhere)
	add("POST /theme", auth.Public, p.setTheme)
	add("POST /inbox/searches", auth.Read, p.saveSearch)
	add("POST /inbox/seen", auth.Read, p.markSeen)
	add("GET /screen", auth.Screen, p.screen)
	add("POST /cases/{number}/records", auth.Annotate, p.addRecord)
	add("POST /records/{id}/undo", auth.Decide, p.undoRecord)
	add("POST /sources/{name}/records", auth.Decide, p.gradeSource)
	add("POST /demo", auth.AddArticles, p.loadDemo)
	add("POST /lists/update", auth.UpdateLists, p.updateLists)
	if p.o.Accounts != nil {
		add("GET /login", auth.Public, p.login)
		add("POST /login", auth.Public, p.signIn)
		add("POST /logout", auth.Public, p.signOut)
		add("GET /setup", auth.Public, p.setup)
		add("POST /setup", auth.Public, p.makeFirst)
		add("GET /account", auth.Self, p.account)
		add("POST /account/password", auth.Self, p.changePassword)
		add("POST /account/sessions/{id}/end", auth.Self, p.endSession)
		add("POST /account/tokens", auth.Self, p.newToken)
		add("POST /account/tokens/{id}/revoke", auth.Self, p.revokeToken)
		add("GET /users", auth.ManageUsers, p.users)
		add("POST /users", auth.ManageUsers, p.addUser)
		add("POST /users/{id}", auth.ManageUsers, p.changeUser)
	}
	if p.o.AuditLog != nil {
		add("GET /audit", auth.ReadAudit, p.auditLog)
	}
	return append(out,
		auth.Route{Pattern: "GET /jobs/{id}/events", Needs: auth.Read, Handler: http.HandlerFunc(p.jobEvents), Long: true},
		auth.Route{Pattern: "POST /screen/file", Needs: auth.Screen, Handler: p.show(p.screenFile), MaxBody: maxUpload, Long: true})
}

// nowhere answers what no page has.
func (p *Pages) nowhere(_ http.ResponseWriter, r *http.Request) (string, page, error) {
	return "", page{}, problem{status: http.StatusNotFound, text: "there is no page " + r.URL.Path}
}

func (p *Pages) help(http.ResponseWriter, *http.Request) (string, page, error) {
	return "help", page{Title: "Help", Section: "help"}, nil
}
